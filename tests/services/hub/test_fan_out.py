"""One delivery per provider."""

from simulator.services.commands import Deliver, Kind
from simulator.services.effects import Enqueue, FanOut
from simulator.services.hub.fan_out import fan_out
from tests.services.bench import Bench


def test_each_provider_gets_all_of_its_clients_at_once(bench: Bench) -> None:
    bob, carol, chris = "mimi://b.example/d/bob/phone", "mimi://c.example/d/carol/phone", "mimi://c.example/d/chris/pc"
    own = "mimi://a.example/d/dave/phone"
    effects = fan_out(b"group", [carol, own, bob, chris], b"message", bench.context, Kind.connection_request)

    def delivery(*clients: str) -> Deliver:
        return Deliver(Kind.connection_request, b"group", clients, b"message")

    assert effects == (
        FanOut("c.example", delivery(carol, chris)),
        Enqueue(delivery(own)),
        FanOut("b.example", delivery(bob)),
    )
    assert fan_out(b"group", [], b"message", bench.context) == ()
