"""A provider that shuts down just before it is asked."""

from simulator.net.faults import Stop
from tests.net.faults.theatre import BOTH_HTTP, Theatre, first


@BOTH_HTTP
async def test_it_gets_everything_when_it_is_back(theatre: Theatre) -> None:
    theatre.session.inject(Stop(where=first()))
    await theatre.say(b"0", b"1")
    assert not theatre.session.provider("b").is_up
    assert (theatre.inbox("bob"), theatre.inbox("carol")) == ([], [b"0", b"1"])
    assert "nobody listens there" in str(theatre.deliveries[0].error)
    await theatre.session.start("b")
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
