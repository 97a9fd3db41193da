"""What every commit has to fulfil, whatever its operation, and what becomes of it ([DS] DS assisted joining)."""

from dataclasses import dataclass

from simulator.drafts.mimi_transport_00.rules.access import check_client_of_group_user, check_member, find_group, uri_of
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.leaves import check_leaf
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.drafts.mimi_transport_00.rules.terms import check_external_pub
from simulator.mls.commit import Commit
from simulator.mls.errors import MLSError
from simulator.mls.framing import MemberSender, NewMemberCommitSender, PublicMessage
from simulator.mls.leaf_node import LeafNode
from simulator.mls.message import MLSMessage, mls_message
from simulator.mls.proposals import ExternalInit, Remove
from simulator.mls.roster import Member
from simulator.mls.staged import StagedCommit
from simulator.services.commands import GroupUpdate
from simulator.services.effects import Effect
from simulator.services.hub.mls_errors import refused, wrong_epoch
from simulator.services.names import parse_client
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_SECTION = "[DS] DS assisted joining"


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


def member_commit(
    update: GroupUpdate, kinds: tuple[type, ...], request: GroupRequest, context: ServiceContext
) -> ValidCommit:
    """A commit of the member who signed the request, whose own proposals are all of these kinds.

    Earlier proposals of the epoch may be committed with them, by reference ([DS] Handling of standalone MLS
    Proposals). Raises Refusal.
    """
    record = find_group(update.commit.group_id, context)
    member = check_member(request, record, context)
    public = _commit_message(update.commit)
    if public.content.sender != MemberSender(member.leaf_index):
        raise Refusal(
            Code.not_authorized,
            f"leaf {member.leaf_index} signed the request, but not the commit in it",
            "PROTOCOL.md section 4",
        )
    staged = _stage(public, record, context)
    _check_kinds(staged, kinds)
    path = staged.update_path
    if path is not None and path.leaf_node.credential != member.leaf_node.credential:
        raise Refusal(Code.invalid_leaf_node, "the commit changes its sender's credential", "[DS] Operations")
    return _complete(update, record, member, staged, context)


def external_commit(update: GroupUpdate, request: GroupRequest, context: ServiceContext) -> ValidCommit:
    """A commit by which a client of a user in the group joins; it signed the request with its new leaf's key.

    Raises Refusal.
    """
    record = find_group(update.commit.group_id, context)
    auth = check_client_of_group_user(request, record, context)
    public = _commit_message(update.commit)
    if not isinstance(public.content.sender, NewMemberCommitSender):
        raise Refusal(
            Code.invalid_commit, "the commit is not one of a new member", "[DS] Join the group using an external commit"
        )
    staged = _stage(public, record, context)
    _check_kinds(staged, (ExternalInit, Remove))
    leaf = None if staged.update_path is None else staged.update_path.leaf_node
    if leaf is None or (leaf.signature_key, leaf.credential) != (auth.signature_key, auth.credential):
        raise Refusal(
            Code.not_authorized,
            "the request is signed with another key or credential than the new leaf has",
            "PROTOCOL.md section 4",
        )
    _check_replaced(staged, leaf, context)
    return _complete(update, record, Member(staged.committer, leaf), staged, context)


def adopt(commit: ValidCommit, context: ServiceContext) -> tuple[Effect, ...]:
    """Enter the next epoch. Whoever was in the group gets the commit, also whom it removes, but not its sender."""
    before, after = commit.record.public, commit.staged.group
    sender = uri_of(commit.sender)
    gone = [uri_of(member) for member in commit.staged.removed]
    context.store.groups.save(commit.record.at(after, commit.group_info))
    context.store.groups.joined(before.group_id, [sender, *gone], context.elapsed)
    others = [uri_of(member) for member in before.members() if uri_of(member) != sender]
    return deliver(before.group_id, others, commit.message, context)


def _commit_message(message: MLSMessage) -> PublicMessage:
    public = message.body
    if not isinstance(public, PublicMessage) or not isinstance(public.content.content, Commit):
        raise Refusal(Code.invalid_commit, "the group update holds no PublicMessage with a commit", _SECTION)
    return public


def _stage(public: PublicMessage, record: GroupRecord, context: ServiceContext) -> StagedCommit:
    # The epoch comes first: in another one the sender's leaf is somebody else's, and every other reason misleads.
    if public.content.epoch != record.public.epoch:
        raise wrong_epoch(public.content.epoch, record.public.epoch)
    try:
        return record.public.stage_commit(public, context.now)
    except MLSError as error:
        raise refused(error, Code.invalid_commit) from error


def _check_kinds(staged: StagedCommit, kinds: tuple[type, ...]) -> None:
    """Whether the commit's own proposals are all of its operation's kinds."""
    for item in staged.proposals:
        if not item.by_reference and not isinstance(item.proposal, kinds):
            raise Refusal(
                Code.invalid_commit,
                f"the commit holds a proposal of kind {type(item.proposal).__name__}, which is not of this operation",
                "[DS] Handling of standalone MLS Proposals",
            )


def _check_replaced(staged: StagedCommit, leaf: LeafNode, context: ServiceContext) -> None:
    """Whether a joiner that takes the place of another provider's client has that client's key.

    Which further keys our own clients have, the directory knows. Of another provider's client we only know the key
    that is in its leaf: who has another one may be anybody.
    """
    for replaced in staged.removed:
        uri = uri_of(replaced)
        if parse_client(uri).provider != context.provider and replaced.leaf_node.signature_key != leaf.signature_key:
            raise Refusal(
                Code.not_authorized,
                f"the new leaf has another signature key than that of {uri} which it replaces",
                "[DS] Join the group using an external commit",
            )


def _complete(
    update: GroupUpdate, record: GroupRecord, sender: Member, staged: StagedCommit, context: ServiceContext
) -> ValidCommit:
    for leaf in _new_leaves(staged):
        check_leaf(leaf, record.version, context, connection=record.connection)
    check_external_pub(update.extensions, staged.group.suite)
    try:
        group_info = staged.group.check_group_info(update.extensions, update.signature, staged.committer)
    except MLSError as error:
        raise refused(error, Code.invalid_group_info) from error
    return ValidCommit(record, sender, update.commit, staged, mls_message(group_info))


def _new_leaves(staged: StagedCommit) -> tuple[LeafNode, ...]:
    """Every leaf that the commit brings into the tree: by its path, by Update and by Add."""
    path = () if staged.update_path is None else (staged.update_path.leaf_node,)
    return (*path, *(member.leaf_node for member in (*staged.updated, *staged.added)))
