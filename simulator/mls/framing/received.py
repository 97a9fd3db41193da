"""What a member gets out of a message (RFC 9420 6)."""

from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.mls.commits.staged import StagedCommit, StagedProposal
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.roster import Member

if TYPE_CHECKING:
    from simulator.mls.group import Group


@dataclass(frozen=True, slots=True)
class ApplicationMessage:
    """Application data of `epoch`, from the member that `sender` was then; `group` no longer has the key it took."""

    sender: Member
    data: bytes
    authenticated_data: bytes
    epoch: int
    group: "Group"


@dataclass(frozen=True, slots=True)
class ProposalMessage:
    """A valid proposal; `group` has stored it."""

    staged: StagedProposal
    authenticated_data: bytes
    group: "Group"


@dataclass(frozen=True, slots=True)
class StagedMemberCommit:
    """A valid Commit; `group` is the next epoch, or this one and of no use any more if it removed us."""

    staged: StagedCommit
    authenticated_data: bytes
    removed_self: bool
    group: "Group"


@dataclass(frozen=True, slots=True)
class CommitBundle:
    """An own Commit. Adopt `next` once the Delivery Service has accepted `message`, and only then send `welcomes`.

    `group_info` is the new epoch's, with external_pub and without the tree.
    """

    message: MLSMessage
    welcomes: tuple[MLSMessage, ...]
    group_info: GroupInfo
    next: "Group"
