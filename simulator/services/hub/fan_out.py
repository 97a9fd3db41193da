"""One message to many clients: one delivery per other provider, queues for our own."""

from simulator.mls.remembered import remembered_list
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect, Enqueue, FanOut
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext


def fan_out(delivery: Delivery, context: ServiceContext) -> tuple[Effect, ...]:
    """The delivery to the recipients of each provider, in the order of their first recipient."""
    effects: list[Effect] = []
    for provider, recipients in _by_provider(delivery.recipients):
        part = Delivery(delivery.operation, delivery.group_id, recipients, delivery.payload)
        effects.append(Enqueue(part) if provider == context.provider else FanOut(provider, part))
    return tuple(effects)


@remembered_list
def _by_provider(clients: tuple[str, ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    providers: dict[str, list[str]] = {}
    for client in clients:
        providers.setdefault(parse_client(client).provider, []).append(client)
    return tuple((provider, tuple(found)) for provider, found in providers.items())
