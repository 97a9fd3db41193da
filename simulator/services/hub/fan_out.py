"""One message to many clients: one delivery per other provider, queues for our own."""

from dataclasses import replace

from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect, Enqueue, FanOut
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext


def fan_out(delivery: Delivery, context: ServiceContext) -> tuple[Effect, ...]:
    """The delivery to the recipients of each provider, in the order of their first recipient."""
    providers: dict[str, list[str]] = {}
    for client in delivery.recipients:
        providers.setdefault(parse_client(client).provider, []).append(client)
    effects: list[Effect] = []
    for provider, recipients in providers.items():
        part = replace(delivery, recipients=tuple(recipients))
        effects.append(Enqueue(part) if provider == context.provider else FanOut(provider, part))
    return tuple(effects)
