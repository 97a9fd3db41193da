"""Faults of the network act in the processes whose requests they hit."""

import pytest

from simulator.federation import Unsupported
from simulator.federation.processes.messages import PROVIDER
from simulator.net import TransportError
from simulator.net.faults import ClockSkew, Crash, Hold, Partition, Reorder, RequestMatch
from tests.federated import connected
from tests.federation.processes.conftest import Spread


async def test_a_partition_is_everywhere_until_it_is_repaired(spread: Spread) -> None:
    async with spread() as session:
        with session.inject(Partition(side=("c.example",))):
            for asking, asked in (("alice", "carol"), ("carol", "alice")):
                with pytest.raises(TransportError, match="the network is partitioned"):
                    await session.client(asking).request_connection(session.user(asked).uri)
        session.inject(Partition(side=("c.example",)))
        session.repair()
        await connected(session, ("alice", "carol"))


async def test_what_counts_says_whose_requests(spread: Spread) -> None:
    async with spread() as session:
        held = session.inject(Hold(where=RequestMatch(sender="a.example", recipient="c.example", times=1)))
        for counting in (
            Hold(where=RequestMatch(recipient="c.example", times=1)),
            Hold(where=RequestMatch(recipient="c.example", skip=1)),
            Reorder(where=RequestMatch(recipient="c.example")),
        ):
            with pytest.raises(Unsupported, match="name their `sender`"):
                session.inject(counting)
        session.inject(Hold(where=RequestMatch(recipient="b.example")))
        held.remove()
        session.repair()


async def test_machines(spread: Spread) -> None:
    async with spread() as session:
        with pytest.raises(Unsupported, match="brings down no machine"):
            session.inject(Crash(where=RequestMatch(recipient="c.example")))
        with session.inject(ClockSkew(provider="c.example", seconds=60)):
            assert session.processes[1].look((PROVIDER, "c.example"), ("clock", "now"), ()) == session.now + 60
