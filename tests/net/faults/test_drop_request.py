"""A request that never went is sent again."""

from simulator.net.faults import DropRequest
from tests.net.faults.theatre import Theatre, first


async def test_the_peer_never_hears_of_it(theatre: Theatre) -> None:
    provider = theatre.session.provider("b")
    before = provider.fingerprint()
    theatre.session.inject(DropRequest(where=first(2)))
    await theatre.say(b"0", b"1")
    assert provider.fingerprint() == before
    [attempt] = theatre.deliveries
    assert "lost the connection" in str(attempt.error)
    assert "the connection ended before the request was sent" in str(attempt.error)
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
    assert [e.fault for e in theatre.deliveries] == ["drop_request", "drop_request", None, None]
