"""Update a client's leaf, re-initialize a group ([DS])."""

from simulator.drafts.mimi_transport_00.rules.access import name_of, uri_of
from simulator.drafts.mimi_transport_00.rules.commits import adopt, member_commit
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.drafts.mimi_transport_00.rules.terms import check_context_extensions
from simulator.mls.context_extensions import Demands
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.leaf_node import ProtocolVersion
from simulator.mls.proposals import ReInit
from simulator.mls.roster import Member
from simulator.services.commands import ReInitializeGroup, UpdateClient
from simulator.services.effects import Effect
from simulator.services.extensions import group_version
from simulator.services.names import BadName, group_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_REINIT = "[DS] ReInitialize a group"


def update_client(command: UpdateClient, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Renew the sender's leaf. Raises Refusal.

    The commit has no proposals of its own, so RFC 9420 12.4 wants an UpdatePath, as [DS] does.
    """
    return adopt(member_commit(command.update, (), request, context), context)


def re_initialize_group(
    command: ReInitializeGroup, request: GroupRequest, context: ServiceContext
) -> tuple[Effect, ...]:
    """End the group in favour of another one of ours. Raises Refusal."""
    commit = member_commit(command.update, (ReInit,), request, context)
    reinit = commit.staged.reinit
    if reinit is None:
        raise Refusal(Code.invalid_commit, "the commit holds no ReInit", _REINIT)
    _check_successor(reinit, commit.record, context)
    return adopt(commit, context)


def _check_successor(reinit: ReInit, record: GroupRecord, context: ServiceContext) -> None:
    """The group that follows does not exist yet: RFC 9420 11.2 creates it after the ReInit was committed."""
    try:
        owner = group_provider(reinit.group_id)
    except BadName as error:
        raise _invalid(str(error)) from error
    if owner != context.provider:
        raise _invalid(f"the new group would be owned by {owner}, not by {context.provider}")
    if context.store.groups.id_is_taken(reinit.group_id):
        raise _invalid("the id of the new group is, or was, another group's")
    if context.store.groups.predecessor(reinit.group_id) is not None:
        raise _invalid("another group has ended in favour of this id already")
    version = group_version(reinit.extensions) or 0
    if version < record.version:
        raise _invalid(f"the new group would be of version {version}, this one is of version {record.version}")
    if version not in context.policy.versions or reinit.version != ProtocolVersion.mls10:
        raise _invalid(f"the new group would be of version {version} and MLS version {reinit.version}, unknown here")
    check_context_extensions(reinit.extensions, version, Code.invalid_proposal, context)
    if reinit.cipher_suite not in context.policy.cipher_suites:
        raise _invalid(f"cipher suite {reinit.cipher_suite} is not one of {context.policy.cipher_suites}")
    demands = Demands.of(reinit.extensions)
    if not any(_can_create(member, demands, context) for member in record.public.members()):
        raise _invalid(
            f"no member is a client of {context.provider} that supports the extensions: nobody could create it"
        )


def _can_create(member: Member, demands: Demands, context: ServiceContext) -> bool:
    """Whether this member could create the new group: groups of ours are created by our clients."""
    if name_of(member).provider != context.provider or not context.store.users.client_exists(uri_of(member)):
        return False
    try:
        demands.check(member.leaf_node)
    except InvalidLeafNode:
        return False
    return True


def _invalid(rule: str) -> Refusal:
    return Refusal(Code.invalid_proposal, rule, _REINIT)
