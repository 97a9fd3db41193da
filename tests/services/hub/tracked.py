"""A group that a hub tracks, with members who may leave by SelfRemove: not of any draft."""

from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

CURRENT = rule("R-CURRENT", Code.wrong_epoch, "a draft")
VALID = rule("R-VALID", Code.not_authorized, "a draft")


def tracked(whole: WholeGroup, context: ServiceContext) -> GroupRecord:
    """The group, as a hub keeps it. A transaction is open."""
    info = next(iter(whole.groups.values())).group_info()
    record = GroupRecord(whole.service, mls_message(info), b"")
    context.store.groups.save(record)
    return record


def public(message: MLSMessage) -> PublicMessage:
    """What is in the envelope."""
    assert isinstance(message.body, PublicMessage)
    return message.body
