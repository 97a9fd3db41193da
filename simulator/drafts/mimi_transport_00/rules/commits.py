"""What every commit has to fulfil, whatever its operation, and what becomes of it ([DS] DS assisted joining)."""

from simulator.dataclass import dataclass
from simulator.drafts.mimi_transport_00.rules.access import check_client_of_group_user, check_member, find_group
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.drafts.mimi_transport_00.rules.leaves import check_leaf
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.framing.framing import MemberSender, NewMemberCommitSender
from simulator.mls.proposals.proposals import ExternalInit, Remove
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.roster import Member
from simulator.rules import Rule, check, refuse
from simulator.services.commands import GroupUpdate
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import ValidCommit, adopt, commit_in, new_leaves, stage_commit
from simulator.services.hub.group_info import check_external_pub, rebuild_group_info
from simulator.services.members import all_but, uri_of
from simulator.services.names import parse_client
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_JOINING = "[DS] DS assisted joining"
_EXTERNAL = "[DS] Join the group using an external commit"
_PROPOSALS = "[DS] Handling of standalone MLS Proposals"

FORM = rule("DS-STATE-UPDATE-PUBLIC", Code.invalid_commit, _JOINING, essential="there is nothing to be done with it")
CURRENT = rule("P-4-ONE-COMMIT", Code.wrong_epoch, "PROTOCOL.md section 4")
VALID = rule("DS-STATE-UPDATE-COMMIT", Code.invalid_commit, _JOINING)
GROUP_INFO = rule("DS-STATE-UPDATE-GROUP-INFO", Code.invalid_group_info, _JOINING, part="VALID")
JOINABLE = rule("DS-STATE-UPDATE-GROUP-INFO", Code.invalid_group_info, "PROTOCOL.md section 4", part="EXTERNAL-PUB")
SIGNER = rule("P-4-SENDER-INDEX", Code.not_authorized, "PROTOCOL.md section 4", part="COMMIT")
JOINER_SIGNS = rule("P-4-SENDER-INDEX", Code.not_authorized, "PROTOCOL.md section 4", part="EXTERNAL-COMMIT")
PATH = rule(
    "P-4-SENDER-INDEX",
    Code.not_authorized,
    "PROTOCOL.md section 4",
    part="PATH",
    essential="there is nobody to be a member",
)
NEW_MEMBER = rule("DS-EXTERNAL-JOIN-VALIDATION-1", Code.invalid_commit, _EXTERNAL, part="SENDER")
JOINS = rule("DS-EXTERNAL-JOIN-VALIDATION-1", Code.invalid_commit, _PROPOSALS, part="CONTENTS")
REPLACED = rule("P-4-REPLACED", Code.not_authorized, _EXTERNAL)


@dataclass(frozen=True, slots=True)
class Operation:
    """What a commit of one operation may do: its own proposals are of these kinds."""

    kinds: tuple[type, ...]
    contents: Rule
    credential: Rule


def operation(kinds: tuple[type, ...], contents: str, credential: str, part: str = "") -> Operation:
    """An operation with the requirements on the proposals in its commit and on its sender's credential; `part` is which
    of those under the same requirement the latter is.
    """
    return Operation(
        kinds,
        rule(contents, Code.invalid_commit, _PROPOSALS, part="CONTENTS"),
        rule(credential, Code.invalid_leaf_node, "[DS] Operations", part=part),
    )


def member_commit(update: GroupUpdate, asked: Operation, request: GroupRequest, context: ServiceContext) -> ValidCommit:
    """A commit of the member who signed the request, as the operation allows it.

    Earlier proposals of the epoch may be committed with its own, by reference ([DS] Handling of standalone MLS
    Proposals). Raises Refusal.
    """
    record = find_group(update.commit.group_id, context)
    member = check_member(request, record, context)
    public = commit_in(update.commit, FORM)
    own = public.content.sender == MemberSender(member.leaf_index)
    check(SIGNER, own, f"leaf {member.leaf_index} signed the request, but not the commit in it")
    staged = stage_commit(public, record, context, current=CURRENT, valid=VALID)
    _check_kinds(staged, asked.kinds, asked.contents)
    path = staged.update_path
    same = path is None or path.leaf_node.credential == member.leaf_node.credential
    check(asked.credential, same, "the commit changes its sender's credential")
    return _complete(update, record, member, staged, context)


def external_commit(update: GroupUpdate, request: GroupRequest, context: ServiceContext) -> ValidCommit:
    """A commit by which a client of a user in the group joins; it signed the request with its new leaf's key.

    Raises Refusal.
    """
    record = find_group(update.commit.group_id, context)
    asker = check_client_of_group_user(request, record, context)
    public = commit_in(update.commit, FORM)
    joining = isinstance(public.content.sender, NewMemberCommitSender)
    check(NEW_MEMBER, joining, "the commit is not one of a new member")
    staged = stage_commit(public, record, context, current=CURRENT, valid=VALID)
    _check_kinds(staged, (ExternalInit, Remove), JOINS)
    leaf = None if staged.update_path is None else staged.update_path.leaf_node
    if leaf is None:
        refuse(PATH, "the commit brings no leaf")
    own = (leaf.signature_key, leaf.credential) == (asker.signature_key, asker.credential)
    check(JOINER_SIGNS, own, "the request is signed with another key or credential than the new leaf has")
    _check_replaced(staged, leaf, context)
    return _complete(update, record, Member(staged.committer, leaf), staged, context)


def accept(commit: ValidCommit, context: ServiceContext) -> tuple[Effect, ...]:
    """Enter the next epoch. Whoever was in the group gets the commit, also whom it removes, but not its sender."""
    before, sender = commit.record.public, uri_of(commit.sender)
    adopt(commit, context)
    gone = [uri_of(member) for member in commit.staged.removed]
    context.store.groups.joined(before.group_id, [sender, *gone], context.elapsed)
    return deliver(before.group_id, all_but(sender, before), commit.message, context)


def _check_kinds(staged: StagedCommit, kinds: tuple[type, ...], contents: Rule) -> None:
    """Whether the commit's own proposals are all of its operation's kinds."""
    for item in staged.proposals:
        kind = type(item.proposal).__name__
        fits = item.by_reference or isinstance(item.proposal, kinds)
        check(contents, fits, f"the commit holds a proposal of kind {kind}, which is not of this operation")


def _check_replaced(staged: StagedCommit, leaf: LeafNode, context: ServiceContext) -> None:
    """Whether a joiner that takes the place of another provider's client has that client's key.

    Which further keys our own clients have, the directory knows. Of another provider's client we only know the key
    that is in its leaf: who has another one may be anybody.
    """
    for replaced in staged.removed:
        uri = uri_of(replaced)
        ours = parse_client(uri).provider == context.provider
        same = replaced.leaf_node.signature_key == leaf.signature_key
        check(REPLACED, ours or same, f"the new leaf has another signature key than that of {uri} which it replaces")


def _complete(
    update: GroupUpdate, record: GroupRecord, sender: Member, staged: StagedCommit, context: ServiceContext
) -> ValidCommit:
    facts = GroupFacts.of(record)
    for leaf in new_leaves(staged):
        check_leaf(leaf, facts.version, context, connection=facts.is_connection)
    check_external_pub(update.extensions, staged.group.suite, JOINABLE)
    info = rebuild_group_info(staged.group, update.extensions, update.signature, staged.committer, GROUP_INFO)
    return ValidCommit(record, sender, update.commit, staged, info)
