"""A provider that was started anew just before it is asked."""

from simulator.net.faults import Restart
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup, first


@BOTH_HTTP
async def test_a_restart_loses_nothing(running_group: RunningGroup) -> None:
    bob = running_group.session.client("bob")
    bob.online = False
    await running_group.say(b"0")
    running_group.session.inject(Restart(where=first(2)))
    await running_group.say(b"1", b"2", b"3")
    await running_group.later(10)
    bob.online = True
    await running_group.session.settle()
    assert running_group.inbox("bob") == [b"0", b"1", b"2", b"3"]


async def test_what_is_down_comes_up(running_group: RunningGroup) -> None:
    await running_group.session.crash("b")
    running_group.session.inject(Restart(where=first()))
    await running_group.say(b"0")
    assert running_group.inbox("bob") == [b"0"]
