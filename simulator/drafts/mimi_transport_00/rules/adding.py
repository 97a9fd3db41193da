"""Add users, add clients ([DS])."""

from simulator.drafts.mimi_transport_00.rules.commits import accept, member_commit, operation
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.drafts.mimi_transport_00.rules.welcomes import check_welcomes, invite
from simulator.mls.key_schedule.psk import ResumptionPSK, ResumptionPSKUsage
from simulator.mls.proposals.proposals import Add, PreSharedKey
from simulator.rules import Rule, check, refuse
from simulator.services.commands import AddClients, AddUsers
from simulator.services.delivery.effects import Effect
from simulator.services.hub.commits import ValidCommit
from simulator.services.members import name_of, uri_of, users_of
from simulator.services.names import show_group
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext

_USERS = "[DS] Add users to a group"
_CLIENTS = "[DS] Add clients to a group"
_SUCCESSION = "RFC 9420 11.2"

ADD_USERS = operation((Add, PreSharedKey), "DS-ADD-USERS-VALIDATION-1", "DS-ADD-USERS-VALIDATION-2")
ADD_CLIENTS = operation((Add,), "DS-ADD-CLIENTS-VALIDATION-1", "DS-ADD-CLIENTS-VALIDATION-2")
NEW_USER = rule("DS-ADD-USERS-VALIDATION-3", Code.invalid_proposal, _USERS)
KNOWN_USER = rule("DS-ADD-CLIENTS-VALIDATION-3", Code.invalid_proposal, _CLIENTS)
TWO_USERS = rule("DS-TERMS-CONNECTION-GROUP", Code.invalid_proposal, "[DS] Terminology")
USERS_COME = rule("DS-ADD-USERS-VALIDATION-1", Code.invalid_commit, _USERS, part="SOMEBODY")
CLIENTS_COME = rule("DS-ADD-CLIENTS-VALIDATION-1", Code.invalid_commit, _CLIENTS, part="SOMEBODY")
PSK_OF_REINIT = rule("DS-ADD-USERS-VALIDATION-1", Code.invalid_commit, _USERS, part="PSK")
ENDED = rule(
    "P-4-SUCCESSOR",
    Code.invalid_commit,
    "[DS] ReInitialize a group",
    part="ENDED",
    essential="there is no group to compare with",
)
ONE_PSK = rule("P-4-SUCCESSOR", Code.invalid_commit, _SUCCESSION, part="ONE-PSK")
LAST_EPOCH = rule("P-4-SUCCESSOR", Code.invalid_commit, _SUCCESSION, part="LAST-EPOCH")


def add_users(command: AddUsers, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Add clients of users who have none in the group. Raises Refusal."""
    commit = member_commit(command.update, ADD_USERS, request, context)
    before = users_of(commit.record.public)
    users = [name_of(member).user for member in commit.staged.added]
    if not _follows_another_group(commit, context):
        for user in users:
            check(NEW_USER, user not in before, f"{user} is in the group; its clients come by add_clients")
    everybody = {*before, *users}
    few = not GroupFacts.of(commit.record).is_connection or len(everybody) <= 2
    check(TWO_USERS, few, f"a connection group is for two users, not for {len(everybody)}")
    return _add(command, commit, context, USERS_COME)


def add_clients(command: AddClients, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Add clients of users who are in the group. Raises Refusal."""
    commit = member_commit(command.update, ADD_CLIENTS, request, context)
    before = users_of(commit.record.public)
    for member in commit.staged.added:
        check(KNOWN_USER, name_of(member).user in before, f"{uri_of(member)} belongs to no user in the group")
    return _add(command, commit, context, CLIENTS_COME)


def _add(
    command: AddUsers | AddClients, commit: ValidCommit, context: ServiceContext, somebody_comes: Rule
) -> tuple[Effect, ...]:
    check(somebody_comes, bool(commit.staged.added), "the commit adds nobody")
    invitations = check_welcomes(command.welcomes, commit.staged)
    effects = accept(commit, context)
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
        check(PSK_OF_REINIT, False, "the commit holds a PSK that is not for re-initialization")
        return False
    check(ONE_PSK, len(psks) == 1, f"the commit holds {len(psks)} PSKs, a group follows one")
    old = context.store.groups.get(source.psk_group_id)
    reinit = None if old is None else old.public.reinit
    if old is None or reinit is None or reinit.group_id != commit.record.public.group_id:
        refuse(ENDED, f"{show_group(source.psk_group_id)} was not re-initialized as this group")
    words = f"the PSK is of epoch {source.psk_epoch}, the group that was re-initialized ended at {old.public.epoch}"
    check(LAST_EPOCH, source.psk_epoch == old.public.epoch, words)
    return True
