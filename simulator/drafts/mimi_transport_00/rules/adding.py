"""Add users, add clients ([DS])."""

from simulator.drafts.mimi_transport_00.rules.access import name_of, uri_of, users_of
from simulator.drafts.mimi_transport_00.rules.commits import ValidCommit, adopt, member_commit
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.drafts.mimi_transport_00.rules.welcomes import check_welcomes, invite
from simulator.mls.proposals import Add, PreSharedKey
from simulator.mls.psk import ResumptionPSK, ResumptionPSKUsage
from simulator.services.commands import AddClients, AddUsers
from simulator.services.effects import Effect
from simulator.services.names import show_group
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext

_USERS = "[DS] Add users to a group"
_CLIENTS = "[DS] Add clients to a group"


def add_users(command: AddUsers, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Add clients of users who have none in the group. Raises Refusal."""
    commit = member_commit(command.update, (Add, PreSharedKey), request, context)
    before = users_of(commit.record)
    users = [name_of(member).user for member in commit.staged.added]
    if not _follows_another_group(commit, context):
        for user in users:
            if user in before:
                raise Refusal(Code.invalid_proposal, f"{user} is in the group; its clients come by add_clients", _USERS)
    everybody = {*before, *users}
    if commit.record.connection and len(everybody) > 2:
        raise Refusal(
            Code.invalid_proposal, f"a connection group is for two users, not for {len(everybody)}", "[DS] Terminology"
        )
    return _add(command, commit, context, _USERS)


def add_clients(command: AddClients, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Add clients of users who are in the group. Raises Refusal."""
    commit = member_commit(command.update, (Add,), request, context)
    before = users_of(commit.record)
    for member in commit.staged.added:
        if name_of(member).user not in before:
            raise Refusal(Code.invalid_proposal, f"{uri_of(member)} belongs to no user in the group", _CLIENTS)
    return _add(command, commit, context, _CLIENTS)


def _add(
    command: AddUsers | AddClients, commit: ValidCommit, context: ServiceContext, section: str
) -> tuple[Effect, ...]:
    if not commit.staged.added:
        raise Refusal(Code.invalid_commit, "the commit adds nobody", section)
    invitations = check_welcomes(command.welcomes, commit)
    effects = adopt(commit, context)
    return effects + invite(invitations, commit, context)


def _follows_another_group(commit: ValidCommit, context: ServiceContext) -> bool:
    """Whether this is the commit by which a new group takes the place of a re-initialized one (RFC 9420 11.2).

    It brings everybody back at once, also the other clients of its sender's user, and is the only one among Adds that
    holds a PSK: that of the last epoch of the group that it follows. Any other nobody may have, and then nobody could
    follow. Raises Refusal invalid_commit.
    """
    psks = commit.staged.proposal_list.psks
    if not psks:
        return False
    source = psks[0].source
    if not isinstance(source, ResumptionPSK) or source.usage is not ResumptionPSKUsage.reinit:
        raise Refusal(Code.invalid_commit, "the commit holds a PSK that is not for re-initialization", _USERS)
    if len(psks) > 1:
        raise Refusal(Code.invalid_commit, f"the commit holds {len(psks)} PSKs, a group follows one", "RFC 9420 11.2")
    old = context.store.groups.get(source.psk_group_id)
    reinit = None if old is None else old.public.reinit
    if old is None or reinit is None or reinit.group_id != commit.record.public.group_id:
        raise Refusal(
            Code.invalid_commit,
            f"{show_group(source.psk_group_id)} was not re-initialized as this group",
            "[DS] ReInitialize a group",
        )
    if source.psk_epoch != old.public.epoch:
        rule = f"the PSK is of epoch {source.psk_epoch}, the group that was re-initialized ended at {old.public.epoch}"
        raise Refusal(Code.invalid_commit, rule, "RFC 9420 11.2")
    return True
