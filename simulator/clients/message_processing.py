"""What a message that a member gets makes of its group, and what there is to tell about it."""

from collections.abc import Sequence

from simulator.clients.events.events import Doubted, EpochChanged, Event, Proposed, Received, Removed
from simulator.clients.members import clients
from simulator.dataclass import dataclass
from simulator.drafts.mls_profile import Doubt, MLSProfile
from simulator.drafts.received_message import ReceivedMessage
from simulator.mls.errors import InvalidCommit
from simulator.mls.framing.framing import ExternalSender, MemberSender, Sender
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.received import ApplicationMessage, ProposalMessage, StagedMemberCommit
from simulator.mls.framing.senders import external_senders
from simulator.mls.group import Group
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.roster import Member
from simulator.services.members import client_of


@dataclass(frozen=True, slots=True)
class Reading:
    """A message understood: the group with it, and the event; then what is doubtful about it."""

    group: Group
    event: Event
    doubts: tuple[Doubted, ...] = ()
    begun: PublicGroup | None = None
    """The epoch that begins with it, also if that is without us; None for what begins none."""


def read(uri: str, group: Group, message: MLSMessage, received: ReceivedMessage, mls: MLSProfile, now: int) -> Reading:
    """Process a message of the group `uri`, one of those that were `received` together.

    Raises MLSError, and changes nothing, where a member must not accept it.
    """
    result = group.process(message, now)
    epoch = group.epoch
    match result:
        case ApplicationMessage():
            sender, said = client_of(result.sender.leaf_node), mls.unwrap(result, group.public, received)
            event = Received(uri, result.epoch, sender, said.data, said.evidence, said.attachment)
            return Reading(result.group, event, _doubted(uri, said.doubts))
        case ProposalMessage():
            staged = result.staged
            name = type(staged.proposal).__name__
            return Reading(result.group, Proposed(uri, epoch, _name(group, staged.sender), name))
        case StagedMemberCommit():
            if not result.removed_self:
                mls.check_epoch(result.staged.group, group.public, InvalidCommit)
            doubts = mls.doubts(result.staged, group.public)
            begun = result.staged.group
            return Reading(result.group, _commit_event(uri, group, result), _doubted(uri, doubts), begun)


def _doubted(uri: str, doubts: Sequence[Doubt]) -> tuple[Doubted, ...]:
    return tuple(Doubted(uri, doubt.rule, doubt.reason, doubt.rules) for doubt in doubts)


def _commit_event(uri: str, before: Group, commit: StagedMemberCommit) -> Event:
    staged = commit.staged
    after = staged.group
    member = after.member(staged.committer)
    committer = "" if member is None else client_of(member.leaf_node)
    if commit.removed_self:
        return Removed(uri, after.epoch, committer)
    added = [client_of(member.leaf_node) for member in staged.added]
    unproven: tuple[str, ...] = ()
    if not isinstance(staged.sender, MemberSender):
        added.append(committer)
        unproven = () if _keeps_its_key(before, member) else (committer,)
    removed = tuple(client_of(member.leaf_node) for member in staged.removed)
    return EpochChanged(uri, after.epoch, committer, tuple(added), removed, unproven)


def _keeps_its_key(before: Group, joiner: Member | None) -> bool:
    """Whether who comes back by an external commit has the key that the client of this name had before."""
    if joiner is None:
        return False
    known = before.public.find(joiner.identity)
    return known is not None and known.leaf_node.signature_key == joiner.leaf_node.signature_key


def _name(group: Group, sender: Sender) -> str:
    """Who proposed: a member's client URI, an external sender's name, or the joiner itself."""
    if isinstance(sender, MemberSender):
        return clients(group).get(sender.leaf_index, "")
    if isinstance(sender, ExternalSender):
        senders = external_senders(group.public.context.extensions)
        return identity_of(senders[sender.sender_index].credential).decode(errors="replace")
    return "a new member"
