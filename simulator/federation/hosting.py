"""Who serves under which name: each provider at its own domain, one or several at a service host."""

from collections.abc import Sequence

from simulator.drafts.draft import Draft
from simulator.federation.external_provider import Unsupported
from simulator.federation.topology import BadTopology, ProviderSpec


def tenants(providers: Sequence[ProviderSpec], draft: Draft) -> dict[str, tuple[str, ...]]:
    """The names of the providers at each service host, in the order of the topology; a lone one is its own.

    Raises BadTopology where two can't be told apart: one domain or port for both, another's domain as service host, or
    a service host that providers of different machines share. Raises Unsupported where an external provider would have
    to share one with a provider of ours.
    """
    domains: dict[str, ProviderSpec] = {}
    ports: dict[int, str] = {}
    for spec in providers:
        if spec.name in domains:
            raise BadTopology(f"there are two providers {spec.name}")
        domains[spec.name] = spec
        if spec.port is not None and spec.external is None and ports.setdefault(spec.port, spec.name) != spec.name:
            raise BadTopology(f"{spec.name} can't serve at port {spec.port}: {ports[spec.port]} does")
    hosts: dict[str, tuple[str, ...]] = {}
    for spec in providers:
        host = spec.host(draft)
        if host in domains and host != spec.name:
            raise BadTopology(f"{spec.name} can't be served at {host}: that is {host}'s own domain")
        if host in hosts:
            _check_shared(host, domains[hosts[host][0]], spec)
        hosts[host] = (*hosts.get(host, ()), spec.name)
    return hosts


def _check_shared(host: str, first: ProviderSpec, other: ProviderSpec) -> None:
    """Raises BadTopology unless one machine can serve both."""
    if host == first.name:
        raise BadTopology(f"{other.name} can't be served at {host}: that is {first.name}'s own domain")
    if (first.external is None) != (other.external is None):
        ours, theirs = (first, other) if first.external is None else (other, first)
        raise Unsupported(f"{theirs.name} is external: {ours.name} can't serve at its service host {host}, too")
    if _place(first) != _place(other):
        raise BadTopology(f"{first.name} and {other.name} can't share the service host {host}: they are at two places")


def _place(spec: ProviderSpec) -> tuple[str, int] | None:
    return None if spec.external is None else (spec.external.address, spec.external.port)
