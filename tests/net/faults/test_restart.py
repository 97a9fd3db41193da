"""A provider that was started anew just before it is asked."""

from simulator.net.faults import Restart
from tests.net.faults.theatre import BOTH_HTTP, Theatre, first


@BOTH_HTTP
async def test_a_restart_loses_nothing(theatre: Theatre) -> None:
    bob = theatre.session.client("bob")
    bob.online = False
    await theatre.say(b"0")
    theatre.session.inject(Restart(where=first(2)))
    await theatre.say(b"1", b"2", b"3")
    await theatre.later(10)
    bob.online = True
    await theatre.session.settle()
    assert theatre.inbox("bob") == [b"0", b"1", b"2", b"3"]


async def test_what_is_down_comes_up(theatre: Theatre) -> None:
    await theatre.session.crash("b")
    theatre.session.inject(Restart(where=first()))
    await theatre.say(b"0")
    assert theatre.inbox("bob") == [b"0"]
