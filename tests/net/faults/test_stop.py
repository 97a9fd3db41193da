"""A provider that shuts down just before it is asked."""

from simulator.net.faults import Stop
from tests.net.faults.running_group import BOTH_HTTP, RunningGroup, first


@BOTH_HTTP
async def test_it_gets_everything_when_it_is_back(running_group: RunningGroup) -> None:
    running_group.session.inject(Stop(where=first()))
    await running_group.say(b"0", b"1")
    assert not running_group.session.provider("b").is_up
    assert (running_group.inbox("bob"), running_group.inbox("carol")) == ([], [b"0", b"1"])
    assert "nobody listens there" in str(running_group.deliveries[0].error)
    await running_group.session.start("b")
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
