"""Queues of our clients: messages come in from any provider, and each client fetches and acknowledges its own."""

from simulator.services.accounts.directory import check_client
from simulator.services.delivery.deliveries import Delivery
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage


def enqueue(delivery: Delivery, sender: str, context: ServiceContext) -> DeliveryResult:
    """Append a message of provider `sender` to the queue of every recipient that is ours, where it is not yet."""
    digest = context.rules.digest(delivery.group_id, delivery.payload)
    unknown = []
    for client in dict.fromkeys(delivery.recipients):
        if context.store.users.client_exists(client):
            context.store.queues.append(client, sender, digest, delivery.group_id, delivery.payload)
        else:
            unknown.append(client)
    return DeliveryResult(tuple(unknown))


def fetch(client: str, context: ServiceContext, limit: int = 1000) -> tuple[QueuedMessage, ...]:
    """The oldest messages that our `client` has not acknowledged, in order. Raises Refusal unknown_user."""
    check_client(client, context)
    return context.store.queues.pending(client, limit)


def acknowledge(client: str, number: int, context: ServiceContext) -> None:
    """Our `client` has everything up to and including `number`. Raises Refusal unknown_user."""
    check_client(client, context)
    context.store.queues.acknowledge(client, number)
