"""The group that a request is about, and whether it is about the group as it is now."""

from simulator.mls.framing.framing import PrivateMessage, PublicMessage
from simulator.rules import Rule, check, refuse
from simulator.services.names import show_group
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


def find_group(group_id: bytes, context: ServiceContext, known: Rule) -> GroupRecord:
    """The group. Raises Refusal by the rule that a group has to be `known` here."""
    record = context.store.groups.get(group_id)
    if record is None:
        refuse(known, f"there is no group {show_group(group_id)} here")
    return record


def check_epoch(message: PublicMessage | PrivateMessage, record: GroupRecord, current: Rule) -> None:
    """Whether the message is of the current epoch (RFC 9420 section 14). Raises Refusal, which says which that is.

    It comes before all that is checked with the tree: in another epoch the sender's leaf is somebody else's, and every
    other reason misleads.
    """
    got = message.content.epoch if isinstance(message, PublicMessage) else message.epoch
    epoch = record.public.epoch
    when = f"epoch {got} is over" if got < epoch else f"epoch {got} has not begun"
    words = f"{when}, the group is at {epoch}"
    check(current, got == epoch, words, section="RFC 9420 section 14", current_epoch=epoch)
