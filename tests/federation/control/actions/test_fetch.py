"""What a client has received."""

from typing import Any

import trio
import trio.testing

from simulator.clients import operations
from simulator.federation.control.actions.fetch import Fetch
from simulator.federation.control.actions.send import Send
from simulator.federation.control.operator import Operator


async def test_each_message_once_with_since(operator: Operator, team: str) -> None:
    for text in ("one", "two"):
        await Send(by="alice", group=team, text=text).run(operator)
    first = await Fetch(client="bob").run(operator)
    assert [(m.text, m.hex, m.sender, m.group, m.epoch) for m in first.messages] == [
        ("one", b"one".hex(), "mimi://a.example/d/alice/phone", team, 1),
        ("two", b"two".hex(), "mimi://a.example/d/alice/phone", team, 1),
    ]
    await Send(by="alice", group=team, text="three").run(operator)
    assert [m.text for m in (await Fetch(client="bob", since=first.next).run(operator)).messages] == ["three"]
    assert (await Fetch(client="bob", since=99).run(operator)).messages == ()


async def test_what_is_no_text(operator: Operator, team: str) -> None:
    await operator.perform("alice", operations.Send(team, b"\xff"))
    (message,) = (await Fetch(client="bob").run(operator)).messages
    assert (message.text, message.hex) == ("\ufffd", "ff")


async def test_it_waits_for_a_message(operator: Operator, team: str, nursery: trio.Nursery) -> None:
    got: list[Any] = []

    async def fetch() -> None:
        got.append(await Fetch(client="bob", wait=60).run(operator))

    with trio.fail_after(20):
        async with trio.open_nursery() as both:
            both.start_soon(fetch)
            await trio.testing.wait_all_tasks_blocked()
            assert got == []
            await Send(by="alice", group=team, text="now").run(operator)
    assert [m.text for m in got[0].messages] == ["now"]


async def test_but_not_for_ever(operator: Operator, team: str) -> None:
    assert (await Fetch(client="bob", wait=0.05).run(operator)).messages == ()
