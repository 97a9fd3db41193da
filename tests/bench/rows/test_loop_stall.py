"""The longest step of the loop is measured, of a flood that is short and of one that takes long to read."""

import time

import trio

from simulator.bench.federations import HUB, NOW, topology
from simulator.bench.floods import Flood
from simulator.bench.rows import loop_stall
from simulator.bench.rows.loop_stall import ROWS, longest_step, stall
from simulator.federation import open_session


async def test_the_longest_step_of_any_task_counts() -> None:
    with longest_step() as steps:
        await trio.lowlevel.checkpoint()
        began = time.thread_time()
        while time.thread_time() - began < 0.02:
            pass
        await trio.lowlevel.checkpoint()
    assert 0.02 <= steps.longest < 1


async def test_others_ask_while_one_is_flooded() -> None:
    async with open_session(topology(2), seed=1, now=NOW) as session:
        longest = await stall(session, Flood("http/1.1", b"", b"\r\n" * 1000), 0.1)
        exchanges = [each for each in session.recorder.exchanges if each.recipient == loop_stall.VICTIM]
    assert 0 < longest < 1000
    assert exchanges
    assert ROWS[0].limit == loop_stall.LIMIT
    assert HUB not in {loop_stall.VICTIM, loop_stall.PEER}
