"""A name that can't be looked up for a while."""

import pytest

from simulator.federation import Session
from simulator.net.errors import Unreachable
from simulator.net.faults import DNSFailure, RequestMatch
from tests.net.faults.running_group import RunningGroup


async def test_only_the_name_that_fails(session: Session) -> None:
    with session.inject(DNSFailure(where=RequestMatch(recipient="ds.b.example"))):
        assert await session.provider("a").peers.hosts("b.example") == ("ds.b.example",)
        with pytest.raises(Unreachable, match=r"the name ds\.b\.example can't be resolved"):
            await session.client("alice").request_connection(session.user("bob").uri)
    await session.client("alice").request_connection(session.user("bob").uri)


async def test_deliveries_wait_for_the_name(running_group: RunningGroup) -> None:
    with running_group.session.inject(DNSFailure(where=RequestMatch(recipient="b.example"))):
        await running_group.say(b"0", b"1")
        assert running_group.inbox("bob") == []
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
