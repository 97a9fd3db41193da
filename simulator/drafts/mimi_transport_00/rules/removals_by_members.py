"""Remove users, remove clients, leave, delete the group ([DS])."""

from simulator.drafts.mimi_transport_00.rules.access import check_member, find_group, name_of, uri_of, users_of
from simulator.drafts.mimi_transport_00.rules.commits import ValidCommit, adopt, member_commit
from simulator.drafts.mimi_transport_00.rules.deliveries import deliver
from simulator.drafts.mimi_transport_00.rules.removals_by_provider import is_proposed
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.errors import MLSError
from simulator.mls.framing import MemberSender, PublicMessage
from simulator.mls.proposals import Remove
from simulator.mls.roster import Member
from simulator.services.commands import DeleteGroup, RemoveClients, RemoveUsers, SelfRemoveClient
from simulator.services.effects import Effect
from simulator.services.hub.mls_errors import refused, wrong_epoch
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext

_USERS = "[DS] Remove users from a group"
_CLIENTS = "[DS] Remove clients from a group"
_SELF = "[DS] Self remove a client from a group"


def remove_users(command: RemoveUsers, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove all clients of one or more users. Raises Refusal."""
    commit = member_commit(command.update, (Remove,), request, context)
    users = users_of(commit.record)
    gone = {member.leaf_index for member in commit.staged.removed}
    for removed in _own_removes(commit, _USERS):
        user = name_of(removed).user
        left = [uri_of(member) for member in users[user] if member.leaf_index not in gone]
        if left:
            raise Refusal(Code.invalid_commit, f"{user} is removed only in part: {', '.join(left)} would stay", _USERS)
    return adopt(commit, context)


def remove_clients(command: RemoveClients, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove other clients of the sender's own user. Raises Refusal."""
    commit = member_commit(command.update, (Remove,), request, context)
    own = name_of(commit.sender).user
    for removed in _own_removes(commit, _CLIENTS):
        user = name_of(removed).user
        if user != own:
            raise Refusal(Code.invalid_proposal, f"{own} can't remove single clients of {user}", _CLIENTS)
    return adopt(commit, context)


def delete_group(command: DeleteGroup, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Remove everybody but the sender, and forget the group. Raises Refusal."""
    commit = member_commit(command.update, (Remove,), request, context)
    left = [uri_of(member) for member in commit.staged.group.members() if uri_of(member) != uri_of(commit.sender)]
    if left:
        raise Refusal(Code.invalid_commit, f"{', '.join(left)} would stay", "[DS] Delete group")
    effects = adopt(commit, context)
    context.store.groups.delete(commit.record.public.group_id)
    return effects


def self_remove_client(command: SelfRemoveClient, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Propose that the sender be removed, for somebody else to commit. Raises Refusal."""
    record = find_group(command.proposal.group_id, context)
    member = check_member(request, record, context)
    public = command.proposal.body
    if not isinstance(public, PublicMessage) or not isinstance(public.content.content, Remove):
        raise Refusal(Code.invalid_proposal, "the message is no PublicMessage with a Remove", _SELF)
    if public.content.epoch != record.public.epoch:
        raise wrong_epoch(public.content.epoch, record.public.epoch)
    if public.content.sender != MemberSender(member.leaf_index):
        raise Refusal(
            Code.not_authorized, f"leaf {member.leaf_index} signed the request, but not the proposal in it", _SELF
        )
    if public.content.content.removed != member.leaf_index:
        raise Refusal(Code.invalid_proposal, "the proposal removes somebody else than its sender", _SELF)
    if is_proposed(member.leaf_index, record.public):
        rule = f"the removal of leaf {member.leaf_index} is proposed in this epoch already: once is enough"
        raise Refusal(Code.invalid_proposal, rule, _SELF)
    try:
        staged = record.public.stage_proposal(public, context.now)
    except MLSError as error:
        raise refused(error, Code.invalid_proposal) from error
    group_id = record.public.group_id
    context.store.groups.save(record.at(staged.group))
    context.store.groups.joined(group_id, [uri_of(member)], context.elapsed)
    others = [uri_of(other) for other in record.public.members() if other.leaf_index != member.leaf_index]
    return deliver(group_id, others, command.proposal, context)


def _own_removes(commit: ValidCommit, section: str) -> list[Member]:
    """Whom the commit itself removes; others may go by earlier proposals."""
    indices = {
        item.proposal.removed
        for item in commit.staged.proposals
        if isinstance(item.proposal, Remove) and not item.by_reference
    }
    if not indices:
        raise Refusal(Code.invalid_commit, "the commit itself removes nobody", section)
    return [member for member in commit.staged.removed if member.leaf_index in indices]
