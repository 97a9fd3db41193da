"""What was on the wire."""

from simulator.federation.control.actions.exchanges import Exchanges
from simulator.federation.control.actions.send import Send
from simulator.federation.control.operator import Operator


async def test_the_newest_come_last(operator: Operator, team: str) -> None:
    for text in ("one", "two"):
        await Send(by="alice", group=team, text=text).run(operator)
        await operator.rest()  # one delivery at a time: concurrent ones end in any order
    seen = (await Exchanges(last=2).run(operator)).exchanges
    assert seen[0].number < seen[1].number
    for exchange in seen:
        assert (exchange.sender, exchange.recipient, exchange.endpoint, exchange.status) == (
            "a.example",
            "ds.b.example",
            "deliver_message",
            200,
        )
        assert bytes.fromhex(exchange.request)[:2] == b"\x00\x01"
        assert bytes.fromhex(exchange.response)[:2] == b"\x00\x01"
    assert seen[0].request != seen[1].request
    assert (await Exchanges(last=1).run(operator)).exchanges == seen[1:]
