"""A name that can't be looked up for a while."""

import pytest

from simulator.federation import Session
from simulator.net.errors import Unreachable
from simulator.net.faults import DNSFailure, RequestMatch
from tests.net.faults.theatre import Theatre


async def test_only_the_name_that_fails(session: Session) -> None:
    with session.inject(DNSFailure(where=RequestMatch(recipient="ds.b.example"))):
        assert await session.provider("a").peers.hosts("b.example") == ("ds.b.example",)
        with pytest.raises(Unreachable, match=r"the name ds\.b\.example can't be resolved"):
            await session.client("alice").request_connection(session.user("bob").uri)
    await session.client("alice").request_connection(session.user("bob").uri)


async def test_deliveries_wait_for_the_name(theatre: Theatre) -> None:
    with theatre.session.inject(DNSFailure(where=RequestMatch(recipient="b.example"))):
        await theatre.say(b"0", b"1")
        assert theatre.inbox("bob") == []
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
