"""Commits: valid in the group as it is, with the GroupInfo of the epoch that they start."""

from functools import partial

from simulator.dataclass import dataclass
from simulator.mls.commits.commit import Commit
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.roster import Member
from simulator.rules import Rule, refuse
from simulator.services.hub.groups import check_epoch
from simulator.services.hub.mls_rules import mls_check
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord


@dataclass(frozen=True, slots=True)
class ValidCommit:
    """A commit that MLS allows in the group as it is (`record`), with the GroupInfo of the epoch it starts.

    `sender` is the committer as it was before; for an external commit the leaf it has from now on.
    """

    record: GroupRecord
    sender: Member
    message: MLSMessage
    staged: StagedCommit
    group_info: MLSMessage


def commit_in(message: MLSMessage, form: Rule) -> PublicMessage:
    """The PublicMessage, if it holds a commit. Raises Refusal by the rule of the `form` that commits have."""
    public = message.body
    if not isinstance(public, PublicMessage) or not isinstance(public.content.content, Commit):
        refuse(form, "the group update holds no PublicMessage with a commit")
    return public


def stage_commit(
    commit: PublicMessage, record: GroupRecord, context: ServiceContext, *, current: Rule, valid: Rule
) -> StagedCommit:
    """What the commit makes of the group. Raises Refusal: it is not of the `current` epoch, or not `valid` (RFC 9420
    12.4).
    """
    check_epoch(commit, record, current)
    return mls_check(valid, partial(record.public.stage_commit, commit, context.now))


def new_leaves(staged: StagedCommit) -> tuple[LeafNode, ...]:
    """Every leaf that the commit brings into the tree: by its path, by Update and by Add."""
    path = () if staged.update_path is None else (staged.update_path.leaf_node,)
    return (*path, *(member.leaf_node for member in (*staged.updated, *staged.added)))


def adopt(commit: ValidCommit, context: ServiceContext) -> None:
    """Enter the next epoch, in which no proposals wait."""
    context.store.groups.save(commit.record.at(commit.staged.group, commit.group_info))
