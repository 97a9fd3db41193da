"""A port at which nobody listens for a while."""

from simulator.net.faults import RefuseConnection
from tests.net.faults.running_group import RunningGroup, first


async def test_deliveries_wait_for_the_port(running_group: RunningGroup) -> None:
    running_group.session.inject(RefuseConnection(where=first(2)))
    await running_group.say(b"0", b"1")
    assert [e.error for e in running_group.deliveries] == [
        "a.example can't reach https://ds.b.example/deliver_message: nobody listens there"
    ]
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
