"""What a valid proposal or Commit would make of a group, for the caller to adopt or to drop."""

from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import UpdatePath
from simulator.mls.framing.framing import Sender
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposal_list import CommittedProposal, ProposalList
from simulator.mls.proposals.proposals import Proposal, ReInit
from simulator.mls.tree.roster import Member

if TYPE_CHECKING:
    from simulator.mls.public_group import PublicGroup


@dataclass(frozen=True, slots=True)
class StagedProposal:
    """A valid proposal; `group` is the group with it among its stored proposals."""

    proposal: Proposal
    sender: Sender
    reference: bytes
    group: "PublicGroup"


@dataclass(frozen=True, slots=True)
class StagedCommit:
    """A valid Commit; `group` is the next epoch.

    `committer` is a leaf index of the next epoch: for an external Commit the joiner's new leaf, which is not among
    `added`. `added` is in the order of the Adds and each member has its `key_package`; `removed` has the leaves as
    they were, `updated` as they are after an Update. `update_path` and `provisional_context` (the new GroupContext
    with the old confirmed transcript hash) are what members need to open the path.
    """

    sender: Sender
    committer: int
    proposal_list: ProposalList
    added: tuple[Member, ...]
    removed: tuple[Member, ...]
    updated: tuple[Member, ...]
    update_path: UpdatePath | None
    provisional_context: GroupContext
    group: "PublicGroup"

    @property
    def proposals(self) -> tuple[CommittedProposal, ...]:
        """What the Commit covers, in its order, references resolved."""
        return self.proposal_list.items

    @property
    def path(self) -> bool:
        """Whether the committer renewed its leaf and path."""
        return self.update_path is not None

    @property
    def reinit(self) -> ReInit | None:
        """The parameters of the group that has to follow this one, if the Commit ends it."""
        return self.proposal_list.reinit

    @property
    def new_leaves(self) -> tuple[int, ...]:
        """The leaf indices of the added members: no path secret is encrypted to them."""
        return tuple(member.leaf_index for member in self.added)
