"""The honest one is served while the other one is refused."""

from simulator.bench.federations import HUB, NOW
from simulator.bench.rows.flooded_peer import FLOODER, HONEST, ROWS, TOO_MANY, ask, exchanged
from simulator.bench.samples import Scale
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.services.limits.rate_limit import Limit


async def test_whoever_has_used_up_its_limit_gets_no_more_and_nobody_else_is_affected() -> None:
    limits = {"provider": Limit(burst=2, per_second=0.001)}
    providers = (ProviderSpec(HUB, {"bob": ("phone",)}, rate_limits=limits), *map(ProviderSpec, (FLOODER, HONEST)))
    async with open_session(Topology(providers), seed=1, now=NOW) as session:
        flooder = [await ask(session, FLOODER) for _ in range(3)]
        assert flooder[2] == TOO_MANY
        assert TOO_MANY not in flooder[:2]
        assert await ask(session, HONEST) == flooder[0]


async def test_it_is_measured_with_and_without_a_flood() -> None:
    for flooders in (0, 2):
        async with exchanged(flooders)(Scale(1, 0.1)) as take:
            sample = await take()
        assert 0 < sample.value < 1000
    assert ROWS[0].goal < 1
