"""What a guest takes from the owner of a group for its own clients."""

from simulator.by_object import ByObject
from simulator.drafts.mimi_transport_00.messages.queueing import (
    FanoutRecipient,
    QSRequestType,
    QueueingServiceRequestTBS,
)
from simulator.drafts.mimi_transport_00.rules.deliveries import OPERATIONS, delivery
from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.mls.joining.welcome import Welcome
from simulator.rules import check, refuse
from simulator.services.delivery.queueing import enqueue, is_queued
from simulator.services.names import BadName, group_provider, show_group
from simulator.services.refusal import Code, rule
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.services.tokens.unnamed_requests import check_handed_out

_SECTION = "PROTOCOL.md section 5"
ENDPOINT = rule("P-4-WRONG-ENDPOINT", Code.unsupported_operation, _SECTION, part="DELIVERY")
GROUP_NAME = rule("P-5-OWNER", Code.not_authorized, _SECTION, part="NAME", essential="nobody owns it")
OWNER = rule("P-5-OWNER", Code.not_authorized, _SECTION, part="SENDER")
WELCOME = rule("P-5-WELCOME-ENDPOINT", Code.malformed, _SECTION)
KIND = rule("P-5-MESSAGE", Code.malformed, _SECTION, part="KIND")
SAME_GROUP = rule("P-5-MESSAGE", Code.malformed, _SECTION, part="GROUP")
RECIPIENTS = rule("P-5-RECIPIENTS", Code.malformed, _SECTION)


def _clients(recipients: tuple[FanoutRecipient, ...]) -> tuple[str, ...]:
    return tuple(recipient.client_id for recipient in recipients)


_CLIENTS = ByObject(_clients, least=32, size=32)
"""By the vector, which is the same object where its octets are the same."""


def receive(request: QueueingServiceRequestTBS, asked_for: QSRequestType, context: ServiceContext) -> DeliveryResult:
    """Queue what another provider, whose signature was checked, delivers at the endpoint for requests of one type.

    Raises Refusal unsupported_operation (another type), not_authorized (not the group's owner) or malformed (a message
    that is not delivered this way, or for nobody, or for too many).
    """
    words = f"{request.request_type.name} is not asked at /{OPERATIONS[asked_for]}"
    check(ENDPOINT, request.request_type is asked_for, words)
    _check_owner(request.group_id, request.sender)
    _check_message(request)
    recipients = _CLIENTS(request.recipients)
    most = context.policy.max_recipients
    check(RECIPIENTS, 1 <= len(recipients) <= most, f"{len(recipients)} recipients, not 1 to {most}")
    brought = delivery(asked_for, request.group_id, recipients, request.message)
    if asked_for is QSRequestType.qs_connection_request and not is_queued(brought, request.sender, context):
        _check_bound(request, context)
    return enqueue(brought, request.sender, context)


def _check_bound(request: QueueingServiceRequestTBS, context: ServiceContext) -> None:
    """Where a token pays for connection KeyPackages, a Welcome uses those that were handed out, each as often."""
    welcome = request.message.body
    if context.binds_requests and isinstance(welcome, Welcome):
        references = [secrets.new_member for secrets in welcome.secrets]
        rows = context.store.handed_out
        rows.use(check_handed_out(references, rows.of(references, context.now)))


def _check_owner(group_id: bytes, sender: str) -> None:
    try:
        owner = group_provider(group_id)
    except BadName as error:
        refuse(GROUP_NAME, f"nobody owns this group: {error}", error)
    check(OWNER, owner == sender, f"{sender} can't deliver for {show_group(group_id)}, which {owner} owns")


def _check_message(request: QueueingServiceRequestTBS) -> None:
    body, request_type = request.message.body, request.request_type
    words = f"a {type(body).__name__} does not come as {OPERATIONS[request_type]}"
    check(WELCOME, request_type is QSRequestType.qs_deliver_message or isinstance(body, Welcome), words)
    check(KIND, isinstance(body, (PublicMessage, PrivateMessage, Welcome)), words)
    same = request.message.group_id in (None, request.group_id)
    check(SAME_GROUP, same, "the message is of another group than the delivery says")
