"""An owner tells chosen members what it likes: nothing to the others, something else to the next (equivocation)."""

from collections.abc import Sequence

from simulator.codec import encode
from simulator.mls.message import MLSMessage
from simulator.provider.provider import Provider
from simulator.services.commands import Deliver, Kind
from simulator.services.effects import Enqueue, FanOut
from simulator.services.names import parse_client
from simulator.services.outbox import keep
from simulator.services.service_context import ServiceContext


def tell(owner: Provider, group: str, message: MLSMessage, clients: Sequence[str]) -> None:
    """Fan `message` out to these clients only, whatever the group's state says. It goes the usual way from there."""
    by_provider: dict[str, list[str]] = {}
    for client in clients:
        by_provider.setdefault(parse_client(client).provider, []).append(client)

    def do(context: ServiceContext) -> None:
        for provider, recipients in by_provider.items():
            delivery = Deliver(Kind.message, group.encode(), tuple(recipients), encode(message))
            keep([Enqueue(delivery) if provider == context.provider else FanOut(provider, delivery)], context)

    owner.executor.do(do)
