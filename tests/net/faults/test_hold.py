"""What is held waits for its release, or for its sender's timeout; nobody else waits."""

import pytest
import trio

from simulator.federation import Session
from simulator.net.errors import TimedOut
from simulator.net.faults import Hold, RequestMatch
from tests.net.faults.running_group import BOTH_HTTP, TO_BOB, RunningGroup


@BOTH_HTTP
async def test_released_one_by_one_and_repaired(running_group: RunningGroup) -> None:
    held = running_group.session.inject(Hold(where=TO_BOB))
    await running_group.say(b"0", b"1", b"2")
    assert (running_group.inbox("bob"), running_group.inbox("carol")) == ([], [b"0", b"1", b"2"])
    assert [(route.sender, route.recipient, route.operation) for route in held.held] == [
        ("a.example", "b.example", "deliver_message")
    ]
    held.release()
    await running_group.session.settle()
    assert running_group.inbox("bob") == [b"0"], "the next one is held in its turn"
    held.remove()
    await running_group.session.settle()
    assert running_group.inbox("bob") == [b"0", b"1", b"2"]
    assert (held.hits, held.held) == (2, ())
    assert [e.fault for e in running_group.deliveries] == ["hold", "hold", None]


async def test_the_senders_patience_is_protocol_time(running_group: RunningGroup) -> None:
    with running_group.session.inject(Hold(where=TO_BOB)):
        await running_group.say(b"?")
        await running_group.later(29)
        assert running_group.deliveries == []
        await running_group.later(1)
        assert [e.error for e in running_group.deliveries] == [
            "a.example waited in vain for https://ds.b.example/deliver_message: no complete answer within 30 s"
        ]
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"?"]


async def test_settling_does_not_wait_for_a_question_held_up_within_another(
    session: Session, nursery: trio.Nursery
) -> None:
    """alice asks b.example for KeyPackages, which asks a.example for its key first."""
    held = session.inject(Hold(where=RequestMatch(sender="b.example", endpoint="/verification_key")))
    nursery.start_soon(session.client("alice").request_connection, session.user("bob").uri)
    await held.caught()
    await session.settle()
    assert session.client("bob").connection_requests == ()
    held.release()
    await session.settle()
    assert len(session.client("bob").connection_requests) == 1


async def test_a_user_who_waits_is_told(running_group: RunningGroup, nursery: trio.Nursery) -> None:
    held = running_group.session.inject(Hold(where=RequestMatch(sender="b.example", operation=("send_message",))))

    async def give_up() -> None:
        await held.caught()
        running_group.session.advance(30)

    nursery.start_soon(give_up)
    with pytest.raises(TimedOut):
        await running_group.say(b"?", sender="bob")
