"""The longest step of the loop is measured while one is flooded."""

from simulator.bench.federations import HUB, NOW, topology
from simulator.bench.floods import Flood
from simulator.bench.rows import loop_stall
from simulator.bench.rows.loop_stall import ROWS, stall
from simulator.federation import open_session


async def test_others_ask_while_one_is_flooded() -> None:
    async with open_session(topology(2), seed=1, now=NOW) as session:
        longest = await stall(session, Flood("http/1.1", b"", b"\r\n" * 1000), 0.1)
        exchanges = [each for each in session.recorder.exchanges if each.recipient == loop_stall.VICTIM]
    assert 0 < longest < 1000
    assert exchanges
    assert ROWS[0].limit == loop_stall.LIMIT
    assert HUB not in {loop_stall.VICTIM, loop_stall.PEER}
