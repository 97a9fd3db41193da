"""A hub tells chosen members what it likes: nothing to the others, something else to the next (equivocation)."""

from collections.abc import Sequence

from simulator.mls.framing.message import MLSMessage
from simulator.provider.provider import Provider
from simulator.services.delivery.outbox import keep
from simulator.services.service_context import ServiceContext


def tell(hub: Provider, group: str, message: MLSMessage, clients: Sequence[str]) -> None:
    """Fan `message` out to these clients only, whatever the group's state says. It goes the usual way from there."""

    def do(context: ServiceContext) -> None:
        keep(context.rules.deliver(group.encode(), clients, message, context), context)

    hub.executor.do(do)
