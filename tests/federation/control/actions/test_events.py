"""The event log."""

from simulator.federation.control.actions.events import Events
from simulator.federation.control.actions.send import Send
from simulator.federation.control.actions.update import Update
from simulator.federation.control.operator import Operator


async def test_kinds_and_fields(operator: Operator, team: str) -> None:
    await Send(by="alice", group=team, text="x").run(operator)
    told = await Events(client="bob").run(operator)
    assert [event["event"] for event in told.events] == ["connection_requested", "joined", "joined", "received"]
    assert told.events[-1]["data"] == b"x".hex()
    assert (await Events(client="bob", since=told.next).run(operator)).events == ()


async def test_words_of_two(operator: Operator, team: str) -> None:
    await Update(by="alice", group=team).run(operator)
    assert (await Events(client="bob").run(operator)).events[-1]["event"] == "epoch_changed"
