"""Update a client's leaf, re-initialize a group ([DS])."""

from simulator.drafts.mimi_transport_00.extensions import group_version
from simulator.drafts.mimi_transport_00.rules.commits import accept, member_commit, operation
from simulator.drafts.mimi_transport_00.rules.group_context import ANNOUNCED, check_context_extensions
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.proposals.context_extensions import Demands
from simulator.mls.proposals.proposals import ReInit
from simulator.mls.tree.leaf_node import ProtocolVersion
from simulator.mls.tree.roster import Member
from simulator.rules import check, refuse
from simulator.services.commands import ReInitializeGroup, UpdateClient
from simulator.services.delivery.effects import Effect
from simulator.services.members import name_of, uri_of
from simulator.services.names import BadName, group_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_REINIT = "[DS] ReInitialize a group"

UPDATE_CLIENT = operation((), "DS-UPDATE-CLIENT-VALIDATION-1", "DS-UPDATE-CLIENT-VALIDATION-2", "UPDATE-CLIENT")
RE_INITIALIZE = operation((ReInit,), "DS-REINITIALIZE-VALIDATION-1", "DS-UPDATE-CLIENT-VALIDATION-2", "RE-INITIALIZE")
ENDS = rule(
    "DS-REINITIALIZE-VALIDATION-1",
    Code.invalid_commit,
    _REINIT,
    part="REINIT",
    essential="there is nothing that would follow",
)
NEXT_NAME = rule(
    "DS-REINITIALIZE-VALIDATION-2", Code.invalid_proposal, _REINIT, part="NAME", essential="nobody would own it"
)
NEXT_OWNER = rule("DS-REINITIALIZE-VALIDATION-2", Code.invalid_proposal, _REINIT, part="OWNER")
NEXT_VERSION = rule("DS-REINITIALIZE-VALIDATION-2", Code.invalid_proposal, _REINIT, part="VERSION")
FREE_ID = rule("P-4-SUCCESSOR", Code.invalid_proposal, _REINIT, part="FREE-ID")
ONE_PREDECESSOR = rule("P-4-SUCCESSOR", Code.invalid_proposal, _REINIT, part="ONE-PREDECESSOR")
KNOWN_VERSION = rule("P-4-SUCCESSOR", Code.invalid_proposal, _REINIT, part="VERSION")
SUITE = rule("P-4-SUCCESSOR", Code.invalid_proposal, _REINIT, part="CIPHER-SUITE")
POSSIBLE_CREATOR = rule("P-4-SUCCESSOR", Code.invalid_proposal, _REINIT, part="POSSIBLE-CREATOR")


def update_client(command: UpdateClient, request: GroupRequest, context: ServiceContext) -> tuple[Effect, ...]:
    """Renew the sender's leaf. Raises Refusal.

    The commit has no proposals of its own, so RFC 9420 12.4 wants an UpdatePath, as [DS] does.
    """
    return accept(member_commit(command.update, UPDATE_CLIENT, request, context), context)


def re_initialize_group(
    command: ReInitializeGroup, request: GroupRequest, context: ServiceContext
) -> tuple[Effect, ...]:
    """End the group in favour of another one of ours. Raises Refusal."""
    commit = member_commit(command.update, RE_INITIALIZE, request, context)
    reinit = commit.staged.reinit
    if reinit is None:
        refuse(ENDS, "the commit holds no ReInit")
    _check_successor(reinit, commit.record, context)
    return accept(commit, context)


def _check_successor(reinit: ReInit, record: GroupRecord, context: ServiceContext) -> None:
    """The group that follows does not exist yet: RFC 9420 11.2 creates it after the ReInit was committed."""
    try:
        owner = group_provider(reinit.group_id)
    except BadName as error:
        refuse(NEXT_NAME, str(error), error)
    check(NEXT_OWNER, owner == context.provider, f"the new group would be owned by {owner}, not by {context.provider}")
    taken = context.store.groups.id_is_taken(reinit.group_id)
    check(FREE_ID, not taken, "the id of the new group is, or was, another group's")
    announced = context.store.groups.predecessor(reinit.group_id) is not None
    check(ONE_PREDECESSOR, not announced, "another group has ended in favour of this id already")
    version, policy = group_version(reinit.extensions) or 0, context.policy
    before = GroupFacts.of(record).version
    check(
        NEXT_VERSION, version >= before, f"the new group would be of version {version}, this one is of version {before}"
    )
    spoken = version in policy.versions and reinit.version == ProtocolVersion.mls10
    words = f"the new group would be of version {version} and MLS version {reinit.version}, unknown here"
    check(KNOWN_VERSION, spoken, words)
    check_context_extensions(reinit.extensions, version, ANNOUNCED, context)
    served = reinit.cipher_suite in policy.cipher_suites
    check(SUITE, served, f"cipher suite {reinit.cipher_suite} is not one of {policy.cipher_suites}")
    demands = Demands.of(reinit.extensions)
    creators = any(_can_create(member, demands, context) for member in record.public.members())
    words = f"no member is a client of {context.provider} that supports the extensions: nobody could create it"
    check(POSSIBLE_CREATOR, creators, words)


def _can_create(member: Member, demands: Demands, context: ServiceContext) -> bool:
    """Whether this member could create the new group: groups of ours are created by our clients."""
    if name_of(member).provider != context.provider or not context.store.users.client_exists(uri_of(member)):
        return False
    try:
        demands.check(member.leaf_node)
    except InvalidLeafNode:
        return False
    return True
