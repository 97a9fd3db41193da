"""Clients that are off."""

from simulator.federation.control.actions.fetch import Fetch
from simulator.federation.control.actions.send import Send
from simulator.federation.control.actions.switch import Switch
from simulator.federation.control.operator import Operator


async def test_what_comes_meanwhile_waits(operator: Operator, team: str) -> None:
    await Switch(client="bob", on=False).run(operator)
    await Send(by="alice", group=team, text="later").run(operator)
    assert (await Fetch(client="bob").run(operator)).messages == ()
    assert operator.session.provider("b").queued("mimi://b.example/d/bob/phone") == 2  # the Welcome too
    await Switch(client="bob", on=True).run(operator)
    assert [m.text for m in (await Fetch(client="bob").run(operator)).messages] == ["later"]
