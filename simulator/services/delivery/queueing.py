"""Queues of our clients: messages come in from any provider, and each client fetches and acknowledges its own."""

from collections.abc import Sequence

from simulator.services.accounts.directory import check_client
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.delivery.deliveries import Delivery
from simulator.services.names import show_group
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage

ONCE = Practice("QUEUED-ONCE", Kind.deduplicated, "The same message of the same sender is queued once for a client.")


def enqueue(delivery: Delivery, sender: str, context: ServiceContext) -> DeliveryResult:
    """Append a message of provider `sender` to the queue of every recipient that is ours, where it is not yet."""
    digest = context.rules.digest(delivery.group_id, delivery.payload)
    added = context.store.queues.append(delivery.recipients, sender, digest, delivery.group_id, delivery.payload)
    if len(added) == len(delivery.recipients):
        return DeliveryResult()
    unknown: list[str] = []
    had: list[str] = []
    for client in dict.fromkeys(delivery.recipients):
        if client not in added:
            (had if context.store.users.client_exists(client) else unknown).append(client)
    if had:
        context.decided(_once(delivery, sender, had))
    return DeliveryResult(tuple(unknown))


def is_queued(delivery: Delivery, sender: str, context: ServiceContext) -> bool:
    """Whether every recipient that is ours, and there is one, has had this message from provider `sender`."""
    digest = context.rules.digest(delivery.group_id, delivery.payload)
    ours = [client for client in delivery.recipients if context.store.users.client_exists(client)]
    return bool(ours) and all(context.store.queues.knows(client, sender, digest) for client in ours)


def _once(delivery: Delivery, sender: str, clients: Sequence[str]) -> Decision:
    return Decision(
        ONCE,
        "this message has been queued before",
        delivery.operation,
        show_group(delivery.group_id),
        sender,
        {"clients": ", ".join(clients)},
    )


def fetch(client: str, context: ServiceContext, limit: int = 1000) -> tuple[QueuedMessage, ...]:
    """The oldest messages that our `client` has not acknowledged, in order. Raises Refusal unknown_user."""
    check_client(client, context)
    return context.store.queues.pending(client, limit)


def acknowledge(client: str, number: int, context: ServiceContext) -> None:
    """Our `client` has everything up to and including `number`. Raises Refusal unknown_user."""
    check_client(client, context)
    context.store.queues.acknowledge(client, number)
