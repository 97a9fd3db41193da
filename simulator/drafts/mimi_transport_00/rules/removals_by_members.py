"""Remove users, remove clients, leave, delete the group ([DS])."""

from simulator.drafts.mimi_transport_00.rules.access import check_member, find_group
from simulator.drafts.mimi_transport_00.rules.commits import accept, member_commit, operation
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.framing.framing import MemberSender, PublicMessage
from simulator.mls.proposals.proposals import Remove
from simulator.mls.tree.roster import Member
from simulator.rules import Rule, check, refuse
from simulator.services.commands import DeleteGroup, Leave, RemoveClients, RemoveUsers
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import ValidCommit
from simulator.services.hub.groups import check_epoch
from simulator.services.hub.proposals import is_leaving, queue_proposals
from simulator.services.members import all_but, name_of, uri_of, users_of
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_USERS = "[DS] Remove users from a group"
_CLIENTS = "[DS] Remove clients from a group"
_SELF = "[DS] Self remove a client from a group"

REMOVE_USERS = operation((Remove,), "DS-REMOVE-USERS-VALIDATION-1", "DS-REMOVE-USERS-VALIDATION-2")
REMOVE_CLIENTS = operation((Remove,), "DS-REMOVE-CLIENTS-VALIDATION-1", "DS-REMOVE-CLIENTS-VALIDATION-2")
DELETE_GROUP = operation((Remove,), "DS-DELETE-GROUP-VALIDATION-1", "DS-UPDATE-CLIENT-VALIDATION-2", "DELETE-GROUP")
USERS_GO = rule("DS-REMOVE-USERS-VALIDATION-1", Code.invalid_commit, _USERS, part="SOMEBODY")
CLIENTS_GO = rule("DS-REMOVE-CLIENTS-VALIDATION-1", Code.invalid_commit, _CLIENTS, part="SOMEBODY")
WHOLE_USERS = rule("DS-REMOVE-USERS-VALIDATION-3", Code.invalid_commit, _USERS)
OWN_CLIENTS = rule("DS-REMOVE-CLIENTS-VALIDATION-3", Code.invalid_proposal, _CLIENTS)
EVERYBODY_GOES = rule("DS-DELETE-GROUP-VALIDATION-1", Code.invalid_commit, "[DS] Delete group", part="EVERYBODY")
FORM = rule("DS-SELF-REMOVE-VALIDATION-1", Code.invalid_proposal, _SELF, essential="there is nothing to be proposed")
CURRENT = rule("DS-REQUEST-AS-MEMBER", Code.wrong_epoch, "RFC 9420 section 14", part="EPOCH")
SIGNER = rule("P-4-SENDER-INDEX", Code.not_authorized, _SELF, part="PROPOSAL")
ONESELF = rule("DS-SELF-REMOVE-VALIDATION-2", Code.invalid_proposal, _SELF)
ONCE = rule("P-4-ONE-REMOVAL", Code.invalid_proposal, _SELF)
VALID = rule("DS-REQUEST-AS-MEMBER", Code.invalid_proposal, _SELF, part="VALID")


def remove_users(command: RemoveUsers, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove all clients of one or more users. Raises Refusal."""
    commit = member_commit(command.update, REMOVE_USERS, request, context)
    users = users_of(commit.record.public)
    gone = {member.leaf_index for member in commit.staged.removed}
    for removed in _own_removes(commit, USERS_GO):
        user = name_of(removed).user
        left = [uri_of(member) for member in users[user] if member.leaf_index not in gone]
        check(WHOLE_USERS, not left, f"{user} is removed only in part: {', '.join(left)} would stay")
    return accept(commit, context)


def remove_clients(command: RemoveClients, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove other clients of the sender's own user. Raises Refusal."""
    commit = member_commit(command.update, REMOVE_CLIENTS, request, context)
    own = name_of(commit.sender).user
    for removed in _own_removes(commit, CLIENTS_GO):
        user = name_of(removed).user
        check(OWN_CLIENTS, user == own, f"{own} can't remove single clients of {user}")
    return accept(commit, context)


def delete_group(command: DeleteGroup, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove everybody but the sender, and forget the group. Raises Refusal."""
    commit = member_commit(command.update, DELETE_GROUP, request, context)
    left = all_but(uri_of(commit.sender), commit.staged.group)
    check(EVERYBODY_GOES, not left, f"{', '.join(left)} would stay")
    effects = accept(commit, context)
    context.store.groups.delete(commit.record.public.group_id)
    return effects


def self_remove_client(command: Leave, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Propose that the sender be removed, for somebody else to commit. Raises Refusal."""
    record = find_group(command.proposal.group_id, context)
    member, group = check_member(request, record, context), record.public
    public, leaf = command.proposal.body, member.leaf_index
    if not isinstance(public, PublicMessage) or not isinstance(public.content.content, Remove):
        refuse(FORM, "the message is no PublicMessage with a Remove")
    check_epoch(public, record, CURRENT)
    own = public.content.sender == MemberSender(leaf)
    check(SIGNER, own, f"leaf {leaf} signed the request, but not the proposal in it")
    check(ONESELF, public.content.content.removed == leaf, "the proposal removes somebody else than its sender")
    words = f"the removal of leaf {leaf} is proposed in this epoch already: once is enough"
    check(ONCE, not is_leaving(leaf, group), words)
    queue_proposals((public,), record, context, current=CURRENT, valid=VALID)
    sender = uri_of(member)
    context.store.groups.joined(group.group_id, [sender], context.elapsed)
    return deliver(group.group_id, all_but(sender, group), command.proposal, context)


def _own_removes(commit: ValidCommit, somebody_goes: Rule) -> list[Member]:
    """Whom the commit itself removes; others may go by earlier proposals."""
    indices = {
        item.proposal.removed
        for item in commit.staged.proposals
        if isinstance(item.proposal, Remove) and not item.by_reference
    }
    check(somebody_goes, bool(indices), "the commit itself removes nobody")
    return [member for member in commit.staged.removed if member.leaf_index in indices]
