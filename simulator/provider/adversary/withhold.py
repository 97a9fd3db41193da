"""A hub keeps from a follower what it owes it."""

from simulator.provider.provider import Provider
from simulator.services.service_context import ServiceContext


def withhold(hub: Provider, follower: str) -> int:
    """Throw away everything that waits in the outbox for `follower`; how many deliveries that were."""

    def do(context: ServiceContext) -> int:
        count = 0
        while (entry := context.store.outbox.first(follower)) is not None:
            context.store.outbox.remove(entry.id)
            count += 1
        return count

    return hub.executor.do(do)
