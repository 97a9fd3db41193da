"""A port at which nobody listens for a while."""

from simulator.net.faults import RefuseConnection
from tests.net.faults.theatre import Theatre, first


async def test_deliveries_wait_for_the_port(theatre: Theatre) -> None:
    theatre.session.inject(RefuseConnection(where=first(2)))
    await theatre.say(b"0", b"1")
    assert [e.error for e in theatre.deliveries] == [
        "a.example can't reach https://ds.b.example/deliver_message: nobody listens there"
    ]
    await theatre.later(10)
    assert theatre.inbox("bob") == [b"0", b"1"]
