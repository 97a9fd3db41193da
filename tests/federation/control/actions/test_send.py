"""Sending."""

from simulator.federation.control.actions.send import Send
from simulator.federation.control.operator import Operator


async def test_the_content_is_utf_8(operator: Operator, team: str) -> None:
    assert (await Send(by="alice", group=team, text="h\u00e9").run(operator)).epoch == 1
    async with operator.acting("bob") as bob:
        assert [received.data for received in bob.inbox] == [b"h\xc3\xa9"]
