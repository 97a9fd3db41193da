"""Clocks that are put wrong again and again."""

from simulator.net.failpoint import Failpoint
from simulator.net.faults import ClockJumps
from tests.net.faults.running_group import RunningGroup


async def test_it_jumps_and_is_right_again_some_points_later(running_group: RunningGroup) -> None:
    session, b = running_group.session, running_group.session.provider("b")
    with session.inject(ClockJumps(provider="b.example", rate=0.2, seconds=(-90, 3000), points=4)) as injected:
        shown = []
        for _ in range(200):
            b.failpoints.reached(Failpoint.DECODED, "fetch")
            shown.append(b.clock.now() - session.now)
        assert set(shown) == {0, -90, 3000}
        assert injected.hits > 10
        assert session.provider("a").clock.now() == session.now
        longest = max(len(row) for row in "".join("x" if ahead == 3000 else " " for ahead in shown).split())
        assert longest < 15, "it stays wrong for a few points only"
    assert b.clock.now() == session.now


async def test_what_was_said_meanwhile_arrives(running_group: RunningGroup) -> None:
    with running_group.session.inject(ClockJumps(rate=0.3, seconds=(60, -60, 3000))) as injected:
        await running_group.say(b"0", b"1", b"2")
        assert injected.hits
    await running_group.later(100)
    assert running_group.inbox("bob") == running_group.inbox("carol") == [b"0", b"1", b"2"]
