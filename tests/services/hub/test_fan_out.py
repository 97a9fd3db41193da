"""One delivery per provider."""

from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Enqueue, FanOut
from simulator.services.hub.fan_out import fan_out
from tests.services.bench import Bench


def test_each_provider_gets_all_of_its_clients_at_once(bench: Bench) -> None:
    bob, carol, chris = "mimi://b.example/d/bob/phone", "mimi://c.example/d/carol/phone", "mimi://c.example/d/chris/pc"
    own = "mimi://a.example/d/dave/phone"

    def delivery(*clients: str) -> Delivery:
        return Delivery("notify", b"group", clients, b"payload")

    assert fan_out(delivery(carol, own, bob, chris), bench.context) == (
        FanOut("c.example", delivery(carol, chris)),
        Enqueue(delivery(own)),
        FanOut("b.example", delivery(bob)),
    )
    assert fan_out(delivery(), bench.context) == ()
