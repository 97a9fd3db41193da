"""Application messages ([DS] Send an application message to a group)."""

from simulator.drafts.mimi_transport_00.rules.access import check_member, find_group, uri_of
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.framing import ContentType, PrivateMessage
from simulator.services.commands import SendMessage
from simulator.services.effects import Effect
from simulator.services.hub.mls_errors import wrong_epoch
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext

_SECTION = "[DS] Send an application message to a group"


def send_message(command: SendMessage, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Deliver a PrivateMessage to everybody but its sender; nobody but members can read it. Raises Refusal."""
    record = find_group(command.message.group_id, context)
    member = check_member(request, record, context)
    private = command.message.body
    if not isinstance(private, PrivateMessage) or private.content_type != ContentType.application:
        raise Refusal(Code.malformed, "the message is no PrivateMessage with application data", _SECTION)
    group = record.public
    if private.epoch != group.epoch:
        raise wrong_epoch(private.epoch, group.epoch)
    if group.reinit is not None:
        raise Refusal(Code.not_authorized, "a ReInit has ended this group", "RFC 9420 11.2")
    context.store.groups.joined(group.group_id, [uri_of(member)], context.elapsed)
    others = [uri_of(other) for other in group.members() if other.leaf_index != member.leaf_index]
    return deliver(group.group_id, others, command.message, context)
