"""What event logs say."""

from simulator.clients.events.events import EpochChanged, Event, Joined, Lost, Received, Rejected, Removed, Sent
from simulator.federation import Session
from simulator.net.faults import Hold, RequestMatch
from simulator.scenario.running import membership
from simulator.scenario.running.membership import Interval
from tests.federated import federation

GROUP, OTHER = "mimi://a.example/g/1", "mimi://a.example/g/2"


async def test_stays_are_told_by_the_log() -> None:
    async with federation() as session:
        bob = session.client("bob")
        events: list[Event] = [
            Rejected(GROUP, "not_a_member", ""),
            Joined(GROUP, 3),
            EpochChanged(GROUP, 4, "", (), ()),
            EpochChanged(OTHER, 9, "", (), ()),
            Lost(GROUP, 5),
            Joined(GROUP, 7),
            Removed(GROUP, 8, ""),
            Joined(GROUP, 11),
        ]
        bob.events[:] = events
        found = membership.memberships(bob)
        assert list(found) == [GROUP, OTHER]
        assert found[GROUP].intervals == [Interval(3, 4, open=False), Interval(7, 8, open=False), Interval(11, 11)]
        assert found[OTHER].intervals == []


async def test_messages_of_one_group() -> None:
    async with federation() as session:
        bob = session.client("bob")
        events: list[Event] = [Sent(GROUP, 1, b"a"), Received(GROUP, 1, "x", b"b"), Sent(OTHER, 1, b"c")]
        bob.events[:] = events
        found = membership.memberships(bob)
        assert found[GROUP].sent == [(1, bob.uri, b"a")]
        assert found[GROUP].received == [(1, "x", b"b")]


def behind(session: Session) -> list[str]:
    complete = membership.caught_up(session)
    return [client.name for client in session.clients if client not in complete]


async def test_who_is_caught_up() -> None:
    async with federation() as session:
        assert behind(session) == []
        session.client("carol").online = False
        assert behind(session) == ["carol.phone"]
        with session.inject(Hold(where=RequestMatch(recipient="b.example", endpoint="connection_request"))):
            await session.client("alice").request_connection(session.user("bob").uri)
            await session.settle()
            assert behind(session) == ["bob.phone", "carol.phone"]
        await session.settle()
        assert behind(session) == ["carol.phone"]
        await session.crash("a")
        assert behind(session) == [client.name for client in session.clients]
