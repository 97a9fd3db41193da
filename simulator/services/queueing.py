"""The guest side: owning providers deliver into per-client queues, and clients fetch (PROTOCOL.md section 5)."""

from simulator.codec import decode
from simulator.mls.framing import PrivateMessage, PublicMessage
from simulator.mls.message import MLSMessage
from simulator.mls.welcome import Welcome
from simulator.services.commands import Deliver, Kind
from simulator.services.directory import check_client
from simulator.services.names import BadName, group_provider, show_group
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Queued
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage

_SECTION = "PROTOCOL.md section 5"


def receive(delivery: Deliver, sender: str, context: ServiceContext) -> Queued:
    """Queue what another provider, whose signature was checked, delivers for our clients.

    Raises Refusal not_authorized (not the group's owner) or malformed (a message that is not delivered this way).
    """
    _check_owner(delivery.group_id, sender)
    _check_message(delivery, decode(MLSMessage, delivery.message))
    if not 1 <= len(delivery.recipients) <= context.policy.max_recipients:
        raise Refusal(
            Code.malformed, f"{len(delivery.recipients)} recipients, not 1 to {context.policy.max_recipients}", _SECTION
        )
    return enqueue(delivery, sender, context)


def enqueue(delivery: Deliver, sender: str, context: ServiceContext) -> Queued:
    """Append the message to the queue of every recipient that is ours."""
    unknown = []
    for client in dict.fromkeys(delivery.recipients):
        if context.store.users.client_exists(client):
            context.store.queues.append(
                client, sender, delivery.kind is Kind.connection_request, delivery.group_id, delivery.message
            )
        else:
            unknown.append(client)
    return Queued(tuple(unknown))


def fetch(client: str, context: ServiceContext, limit: int = 1000) -> tuple[QueuedMessage, ...]:
    """The oldest messages that our `client` has not acknowledged, in order. Raises Refusal unknown_user."""
    check_client(client, context)
    return context.store.queues.pending(client, limit)


def acknowledge(client: str, number: int, context: ServiceContext) -> None:
    """Our `client` has everything up to and including `number`. Raises Refusal unknown_user."""
    check_client(client, context)
    context.store.queues.acknowledge(client, number)


def _check_owner(group_id: bytes, sender: str) -> None:
    try:
        owner = group_provider(group_id)
    except BadName as error:
        raise Refusal(Code.not_authorized, f"nobody owns this group: {error}", _SECTION) from error
    if owner != sender:
        raise Refusal(
            Code.not_authorized, f"{sender} can't deliver for {show_group(group_id)}, which {owner} owns", _SECTION
        )


def _check_message(delivery: Deliver, message: MLSMessage) -> None:
    wanted = (Welcome,) if delivery.kind is Kind.connection_request else (PublicMessage, PrivateMessage, Welcome)
    if not isinstance(message.body, wanted):
        raise Refusal(
            Code.malformed, f"a {type(message.body).__name__} does not come as {delivery.kind.value}", _SECTION
        )
    if message.group_id not in (None, delivery.group_id):
        raise Refusal(Code.malformed, "the message is of another group than the delivery says", _SECTION)
