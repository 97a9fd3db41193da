"""Whoever crashes, whenever: each message arrives once and in order."""

import pytest

from simulator.clients.operations import Send
from simulator.net.errors import TransportError
from simulator.net.faults import Crash, RequestMatch
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup


@BOTH_HTTP
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("who", ["sender", "recipient"])
async def test_once_and_in_order(running_group: RunningGroup, who: str, when: str) -> None:
    session = running_group.session
    second = RequestMatch(recipient="b.example", endpoint="/deliver_message", skip=1, times=1)
    session.inject(Crash(where=second, who=who, when=when))  # type: ignore[arg-type]
    fallen = session.provider("a" if who == "sender" else "b")
    for text in (b"0", b"1"):
        await session.client("alice").perform(Send(running_group.group, text))
    await session.settle()
    assert not fallen.is_up
    await session.start(fallen.name)
    await session.client("alice").perform(Send(running_group.group, b"2"))
    await session.settle()
    await running_group.later(10)
    assert running_group.inbox("bob") == running_group.inbox("carol") == [b"0", b"1", b"2"]
    arrived = [e for e in running_group.deliveries if e.status == 200]
    assert len(arrived) == 3
    assert len(running_group.deliveries) == 4


async def test_a_user_is_told_that_its_provider_went_down(running_group: RunningGroup) -> None:
    running_group.session.inject(
        Crash(where=RequestMatch(sender="b.example", operation=("send_message",)), who="sender")
    )
    with pytest.raises(TransportError, match=r"b\.example went down"):
        await running_group.say(b"?", sender="bob")
    await running_group.session.settle()
    with pytest.raises(TransportError, match=r"a user of b\.example can't reach b\.example: it is down"):
        await running_group.say(b"?", sender="bob")
    running_group.session.repair()
    await running_group.session.start("b")
    await running_group.say(b"!", sender="bob")
    assert running_group.inbox("alice") == [b"?", b"!"], "the client asks again before it goes on"
