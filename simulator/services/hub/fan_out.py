"""One message to many clients: one delivery per guest provider, queues for our own ([DS] Server to server requests)."""

from collections.abc import Iterable

from simulator.services.commands import Deliver, Kind
from simulator.services.effects import Effect, Enqueue, FanOut
from simulator.services.names import parse_client
from simulator.services.service_context import ServiceContext


def fan_out(
    group_id: bytes, clients: Iterable[str], message: bytes, context: ServiceContext, kind: Kind = Kind.message
) -> tuple[Effect, ...]:
    """The effects that bring an encoded MLSMessage to these clients; providers in the order of their first client."""
    providers: dict[str, list[str]] = {}
    for client in clients:
        providers.setdefault(parse_client(client).provider, []).append(client)
    effects: list[Effect] = []
    for provider, recipients in providers.items():
        delivery = Deliver(kind, group_id, tuple(recipients), message)
        effects.append(Enqueue(delivery) if provider == context.provider else FanOut(provider, delivery))
    return tuple(effects)
