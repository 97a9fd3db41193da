"""An owner keeps from a guest provider what it owes it."""

from simulator.provider.provider import Provider
from simulator.services.service_context import ServiceContext


def withhold(owner: Provider, guest: str) -> int:
    """Throw away everything that waits in the outbox for `guest`; how many messages that were."""

    def do(context: ServiceContext) -> int:
        count = 0
        while (entry := context.store.outbox.first(guest)) is not None:
            context.store.outbox.remove(entry.id)
            count += 1
        return count

    return owner.executor.do(do)
