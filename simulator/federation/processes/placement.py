"""Which providers are in which process."""

from collections.abc import Sequence
from itertools import accumulate

from simulator.drafts.draft import Draft
from simulator.federation.hosting import tenants
from simulator.federation.topology import ProviderSpec


def placed(providers: Sequence[ProviderSpec], draft: Draft, processes: int) -> tuple[tuple[ProviderSpec, ...], ...]:
    """Our providers in as many shares as there are `processes`, or fewer where they can't be parted so often: each of
    neighbours in the topology, with about as many clients as any other.

    Providers at one service host have one server, and stay together with all between them. Raises as `tenants` does.
    """
    ours = [spec for spec in providers if spec.external is None]
    hosts = tenants(providers, draft)
    order = {spec.name: number for number, spec in enumerate(ours)}
    last = [max(order[name] for name in hosts[spec.host(draft)]) for spec in ours]
    may_end = [reach == number for number, reach in enumerate(accumulate(last, max))]
    weights = [1 + sum(map(len, spec.users.values())) for spec in ours]
    shares: list[tuple[ProviderSpec, ...]] = []
    share: list[ProviderSpec] = []
    done, total = 0, sum(weights)
    for spec, weight, last_of_unit in zip(ours, weights, may_end, strict=True):
        share.append(spec)
        done += weight
        if last_of_unit and done * processes >= total * (len(shares) + 1):
            shares.append(tuple(share))
            share = []
    return tuple(shares)
