"""What is held waits for its release, or for its sender's timeout; nobody else waits."""

import pytest
import trio

from simulator.federation import Session
from simulator.net.errors import TimedOut
from simulator.net.faults import Hold, RequestMatch
from tests.net.faults.theatre import BOTH_HTTP, TO_BOB, Theatre


@BOTH_HTTP
async def test_released_one_by_one_and_repaired(theatre: Theatre) -> None:
    held = theatre.session.inject(Hold(where=TO_BOB))
    await theatre.say(b"0", b"1", b"2")
    assert (theatre.inbox("bob"), theatre.inbox("carol")) == ([], [b"0", b"1", b"2"])
    assert [(route.sender, route.recipient, route.operation) for route in held.held] == [
        ("a.example", "b.example", "deliver_message")
    ]
    held.release()
    await theatre.session.settle()
    assert theatre.inbox("bob") == [b"0"], "the next one is held in its turn"
    held.remove()
    await theatre.session.settle()
    assert theatre.inbox("bob") == [b"0", b"1", b"2"]
    assert (held.hits, held.held) == (2, ())
    assert [e.fault for e in theatre.deliveries] == ["hold", "hold", None]


async def test_the_senders_patience_is_protocol_time(theatre: Theatre) -> None:
    with theatre.session.inject(Hold(where=TO_BOB)):
        await theatre.say(b"?")
        await theatre.later(29)
        assert theatre.deliveries == []
        await theatre.later(1)
        assert [e.error for e in theatre.deliveries] == [
            "a.example waited in vain for https://ds.b.example/deliver_message: no complete answer within 30 s"
        ]
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"?"]


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


async def test_a_user_who_waits_is_told(theatre: Theatre, nursery: trio.Nursery) -> None:
    held = theatre.session.inject(Hold(where=RequestMatch(sender="b.example", operation=("send_message",))))

    async def give_up() -> None:
        await held.caught()
        theatre.session.advance(30)

    nursery.start_soon(give_up)
    with pytest.raises(TimedOut):
        await theatre.say(b"?", sender="bob")
