"""What was on the wire."""

from simulator.federation.control.actions.exchanges import Exchanges
from simulator.federation.control.operator import Operator


async def test_the_newest_come_last(operator: Operator, team: str) -> None:
    seen = (await Exchanges(last=2).run(operator)).exchanges
    assert len(seen) == 2
    assert seen[0].number < seen[1].number
    assert (seen[1].sender, seen[1].recipient, seen[1].endpoint, seen[1].status) == (
        "a.example",
        "ds.b.example",
        "deliver_message",
        200,
    )
    assert bytes.fromhex(seen[1].request)[:2] == b"\x00\x01"
    assert bytes.fromhex(seen[1].response)[:2] == b"\x00\x01"
