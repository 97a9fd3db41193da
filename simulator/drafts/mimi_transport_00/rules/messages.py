"""Application messages ([DS] Send an application message to a group)."""

from simulator.drafts.mimi_transport_00.rules.access import check_member, find_group
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.framing.framing import ContentType, PrivateMessage
from simulator.rules import check, refuse
from simulator.services.commands import SendMessage
from simulator.services.delivery.effects import Effect
from simulator.services.hub.groups import check_epoch
from simulator.services.members import all_but, uri_of
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_SECTION = "[DS] Send an application message to a group"

PRIVATE = rule(
    "DS-SEND-MESSAGE-VALIDATION-1",
    Code.malformed,
    _SECTION,
    part="PRIVATE",
    essential="it says nothing of what a PrivateMessage says",
)
APPLICATION = rule("DS-SEND-MESSAGE-VALIDATION-1", Code.malformed, _SECTION, part="APPLICATION")
CURRENT = rule("P-4-CURRENT-EPOCH", Code.wrong_epoch, "PROTOCOL.md section 4")
GOING_ON = rule("DS-REINITIALIZE", Code.not_authorized, "RFC 9420 11.2")


def send_message(command: SendMessage, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Deliver a PrivateMessage to everybody but its sender; nobody but members can read it. Raises Refusal."""
    record = find_group(command.message.group_id, context)
    member = check_member(request, record, context)
    private = command.message.body
    words = "the message is no PrivateMessage with application data"
    if not isinstance(private, PrivateMessage):
        refuse(PRIVATE, words)
    check(APPLICATION, private.content_type == ContentType.application, words)
    check_epoch(private, record, CURRENT)
    group = record.public
    check(GOING_ON, group.reinit is None, "a ReInit has ended this group")
    sender = uri_of(member)
    context.store.groups.joined(group.group_id, [sender], context.elapsed)
    return deliver(group.group_id, all_but(sender, group), command.message, context)
