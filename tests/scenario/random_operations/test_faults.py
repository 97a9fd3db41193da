"""Which faults are drawn."""

from random import Random

from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.scenario.random_operations.faults import draw
from simulator.scenario.random_operations.reading import StepReader
from simulator.scenario.running.context import Context
from tests.federated import NOW

PROVIDERS = (ProviderSpec("a.example"), ProviderSpec("b.example"))


def drawn(session: Session) -> list[str]:
    """The keywords of many; each is one that a file can have."""
    reader, random, found = StepReader(Context(session)), Random(1), []
    for _ in range(300):
        fault = draw(random, session)
        reader.entry({"fault": [fault]})
        found += fault
    return found


async def test_all_sorts_are_and_each_can_stand_in_a_file() -> None:
    async with open_session(Topology(PROVIDERS), seed=1, now=NOW) as session:
        assert len(set(drawn(session))) == 19


async def test_where_nobody_signs_requests_nothing_is_corrupted() -> None:
    async with open_session(Topology(PROVIDERS, draft="mimi-protocol-06", mutual_tls=True), seed=1, now=NOW) as session:
        assert "corrupt" not in drawn(session)
