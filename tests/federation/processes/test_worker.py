"""A process does as it is told, and says what went wrong."""

import pytest
import trio

from simulator.federation import ProviderSpec, Topology
from simulator.federation.processes import Processes
from simulator.federation.processes.failure import FaultElsewhere
from simulator.federation.processes.messages import CLIENT, PROVIDER
from simulator.net import reserved_port
from simulator.provider import PortTaken
from tests.federation.processes.conftest import Spread

ALICE = (CLIENT, "mimi://a.example/d/alice/phone")


async def test_what_can_not_be_sent_is_a_fault_and_the_next_is_answered(spread: Spread) -> None:
    async with spread() as session:
        process = session.processes[0]
        with pytest.raises(FaultElsewhere, match="pickle"):
            process.look((PROVIDER, "a.example"), ("http",))
        assert process.look(ALICE, ("uri",)) == ALICE[1]


async def test_who_waits_no_longer_is_not_waited_for(spread: Spread) -> None:
    async with spread() as session:
        session.network.bind("nowhere.example", session.network.lookup("a.example"))
        with trio.move_on_after(0.01) as scope:
            await session.processes[0].act(ALICE, ("request_connection",), "mimi://b.example/u/bob")
        assert scope.cancelled_caught or session.client("alice").groups
        await session.settle()


async def test_one_that_can_not_start_says_why_and_can_start_another(processes: Processes, spread: Spread) -> None:
    with reserved_port() as taken:
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=f"a.example can't serve at port {port}"):
            async with spread(Topology((ProviderSpec("a.example", port=port), ProviderSpec("b.example")))):
                pass
    async with spread() as session:
        assert [provider.is_up for provider in session.providers] == [True] * 3
