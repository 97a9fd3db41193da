"""A request that never went is sent again."""

from simulator.net.faults import DropRequest
from tests.net.faults.running_group import RunningGroup, first


async def test_the_peer_never_hears_of_it(running_group: RunningGroup) -> None:
    provider = running_group.session.provider("b")
    before = provider.fingerprint()
    running_group.session.inject(DropRequest(where=first(2)))
    await running_group.say(b"0", b"1")
    assert provider.fingerprint() == before
    [attempt] = running_group.deliveries
    assert "lost the connection" in str(attempt.error)
    assert "the connection ended before the request was sent" in str(attempt.error)
    await running_group.later(10)
    assert running_group.inbox("bob") == [b"0", b"1"]
    assert [e.fault for e in running_group.deliveries] == ["drop_request", "drop_request", None, None]
