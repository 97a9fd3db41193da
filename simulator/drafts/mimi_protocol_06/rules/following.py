"""What a follower takes from the hub of a room for its own clients ([P] 5.5)."""

from collections.abc import Sequence
from hashlib import sha256

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.update import PROPOSALS
from simulator.drafts.mimi_protocol_06.names import group_of, hub_of
from simulator.drafts.mimi_protocol_06.refusals import forbidden
from simulator.drafts.mimi_protocol_06.rules.deliveries import NOTIFY, digest
from simulator.drafts.mimi_protocol_06.rules.own_requests import submitted_by
from simulator.mls.commits.commit import Commit
from simulator.mls.framing.framing import ContentType, PrivateMessage, PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.welcome import Welcome
from simulator.rules import check, refuse
from simulator.services.decisions import Decision
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.queueing import ONCE, enqueue
from simulator.services.hub.idempotency import remember
from simulator.services.names import show_group
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_SECTION = "PROTOCOL.md, Fan-out"
_NOBODY = "there is nobody to queue it for"

HUB = forbidden("P6-4.4-HUB")
KIND = rule("P6-4.4-FORM", Code.malformed, _SECTION, part="KIND")
PROPOSALS_BESIDE = rule("P6-4.4-FORM", Code.malformed, _SECTION, part="PROPOSALS")
GROUP = rule("P6-4.4-FORM", Code.malformed, _SECTION, part="GROUP")
INVITED = rule("P6-4.4-RECIPIENTS", Code.unknown_group, _SECTION, part="WELCOME", essential=_NOBODY)
MEMBER = rule("P6-4.4-RECIPIENTS", Code.unknown_group, _SECTION, part="MEMBER", essential=_NOBODY)


def receive(room: str, messages: Sequence[FanoutMessage], provider: str, context: ServiceContext) -> None:
    """Queue what `provider` brings in one body for a room: all of it or, where one is refused, nothing.

    A body that came before changes nothing, nor does a message that came before in another body. Raises Refusal: HTTP
    403, malformed, unknown_group.
    """
    hub, group_id = hub_of(room), group_of(room)
    check(HUB, provider == hub, f"{provider} can't bring anything for {room}, whose hub is {hub}")
    if _came_before(b"body", group_id, b"".join(map(encode, messages)), provider, context):
        return
    for message in messages:
        _check_form(message, group_id)
        if not _came_before(b"message", group_id, encode(message), provider, context):
            recipients = _recipients(message, group_id, context)
            enqueue(Delivery(NOTIFY, group_id, recipients, encode(message)), provider, context)


def _came_before(what: bytes, group_id: bytes, content: bytes, provider: str, context: ServiceContext) -> bool:
    """Whether that is so; from now on it is."""
    known = sha256(what + digest(group_id, content)).digest()
    if context.store.accepted.knows(known):
        words = f"this {what.decode()} has come before"
        context.decided(Decision(ONCE, words, NOTIFY, show_group(group_id), provider))
        return True
    remember(known, context)
    return False


def _check_form(message: FanoutMessage, group_id: bytes) -> None:
    """Whether it is something that is fanned out, of this group. A Welcome can't show of which group it is."""
    beside = (*(message.more_proposals or ()), *(message.external_proposals or ()))
    for each in (message.message, *beside):
        shown = each.group_id
        check(GROUP, shown in (None, group_id), "the message is of another group than the path names")
    check(
        KIND, _is_fanned_out(message.message), f"a {type(message.message.body).__name__} of this kind is not fanned out"
    )
    check(PROPOSALS_BESIDE, all(map(_is_proposal, beside)), "what comes beside a handshake are proposals")


def _is_fanned_out(message: MLSMessage) -> bool:
    body = message.body
    if isinstance(body, PrivateMessage):
        return body.content_type is ContentType.application
    handshake = isinstance(body, PublicMessage) and isinstance(body.content.content, (*PROPOSALS, Commit))
    return handshake or isinstance(body, Welcome)


def _is_proposal(message: MLSMessage) -> bool:
    return isinstance(message.body, PublicMessage) and isinstance(message.body.content.content, PROPOSALS)


def _recipients(message: FanoutMessage, group_id: bytes, context: ServiceContext) -> tuple[str, ...]:
    """Those of our clients for whom it is: nobody names them. Raises Refusal unknown_group."""
    welcome = message.message.body
    if isinstance(welcome, Welcome):
        return _invited(welcome, group_id, context)
    members = context.store.own_members.of(group_id)
    if not members:
        refuse(MEMBER, f"no client of {context.provider} is in {show_group(group_id)}")
    sender = None if message.external_proposals else submitted_by(message.message, context)
    return tuple(client for client in members if client != sender)


def _invited(welcome: Welcome, group_id: bytes, context: ServiceContext) -> tuple[str, ...]:
    """Whose KeyPackages a Welcome names; from now on they are members."""
    clients = (context.store.key_packages.client_of(each.new_member) for each in welcome.secrets)
    ours = tuple(client for client in clients if client is not None)
    if not ours:
        refuse(INVITED, f"the Welcome names no KeyPackage of a client of {context.provider}")
    for client in ours:
        context.store.own_members.add(group_id, client)
    return ours
