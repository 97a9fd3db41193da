"""Whoever crashes, whenever: each message arrives once and in order."""

import pytest

from simulator.clients.operations import Send
from simulator.net.errors import TransportError
from simulator.net.faults import Crash, RequestMatch
from tests.net.faults.theatre import BOTH_HTTP, Theatre


@BOTH_HTTP
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("who", ["sender", "recipient"])
async def test_once_and_in_order(theatre: Theatre, who: str, when: str) -> None:
    session = theatre.session
    second = RequestMatch(recipient="b.example", endpoint="/deliver_message", skip=1, times=1)
    session.inject(Crash(where=second, who=who, when=when))  # type: ignore[arg-type]
    fallen = session.provider("a" if who == "sender" else "b")
    for text in (b"0", b"1"):
        await session.client("alice").perform(Send(theatre.group, text))
    await session.settle()
    assert not fallen.is_up
    await session.start(fallen.name)
    await session.client("alice").perform(Send(theatre.group, b"2"))
    await session.settle()
    await theatre.later(10)
    assert theatre.inbox("bob") == theatre.inbox("carol") == [b"0", b"1", b"2"]
    arrived = [e for e in theatre.deliveries if e.status == 200]
    assert len(arrived) == 3
    assert len(theatre.deliveries) == 4


async def test_a_user_is_told_that_its_provider_went_down(theatre: Theatre) -> None:
    theatre.session.inject(Crash(where=RequestMatch(sender="b.example", operation=("send_message",)), who="sender"))
    with pytest.raises(TransportError, match=r"b\.example went down"):
        await theatre.say(b"?", sender="bob")
    await theatre.session.settle()
    with pytest.raises(TransportError, match=r"a user of b\.example can't reach b\.example: it is down"):
        await theatre.say(b"?", sender="bob")
    theatre.session.repair()
    await theatre.session.start("b")
    await theatre.say(b"!", sender="bob")
    assert theatre.inbox("alice") == [b"?", b"!"], "the client asks again before it goes on"
