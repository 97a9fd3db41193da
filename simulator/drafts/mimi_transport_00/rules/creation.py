"""New groups ([DS] Request group id, Create group)."""

from functools import partial

from simulator.drafts.mimi_transport_00.extensions import is_connection
from simulator.drafts.mimi_transport_00.rules.access import check_own_client, find_group
from simulator.drafts.mimi_transport_00.rules.group_context import CREATED, check_context_extensions
from simulator.drafts.mimi_transport_00.rules.group_facts import GroupFacts
from simulator.drafts.mimi_transport_00.rules.leaves import check_leaf
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import identity_of
from simulator.mls.tree.leaf_node import KeyPackageSource
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.rules import check, refuse
from simulator.services.asker import AsClient
from simulator.services.commands import CreateGroup
from simulator.services.hub.group_info import check_external_pub
from simulator.services.hub.mls_rules import mls_check
from simulator.services.names import BadName, group, group_provider
from simulator.services.refusal import Code, rule
from simulator.services.results import Done, NewGroupId
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_SECTION = "[DS] Create group"

ID_NAME = rule(
    "DS-CREATE-GROUP-VALIDATION-1",
    Code.invalid_group_id,
    _SECTION,
    part="NAME",
    essential="nobody owns a group without a name",
)
FREE_ID = rule("DS-CREATE-GROUP-VALIDATION-1", Code.invalid_group_id, _SECTION, part="FREE")
OWN_ID = rule("DS-CREATE-GROUP-VALIDATION-1", Code.invalid_group_id, "PROTOCOL.md section 1", part="OWNER")
ANNOUNCED_ID = rule("P-4-SUCCESSOR", Code.invalid_group_id, "[DS] ReInitialize a group", part="CREATOR")
ANNOUNCED = rule("P-4-SUCCESSOR", Code.invalid_group_info, "RFC 9420 11.2", part="ANNOUNCED")
SIGNER = rule("P-4-CREATOR", Code.not_authorized, _SECTION, part="LEAF")
LEAF = rule("DS-CREATE-GROUP-VALIDATION-2", Code.invalid_group_info, _SECTION)
GROUP_INFO = rule("DS-CREATE-GROUP-VALIDATION-3", Code.invalid_group_info, _SECTION, part="VALID")
FORM = rule(
    "DS-CREATE-GROUP-VALIDATION-3",
    Code.invalid_group_info,
    _SECTION,
    part="FORM",
    essential="there is no group in it",
)
GROUP_ID = rule("DS-CREATE-GROUP-VALIDATION-3", Code.invalid_group_info, _SECTION, part="GROUP-ID")
FIRST_EPOCH = rule("DS-CREATE-GROUP-VALIDATION-3", Code.invalid_group_info, _SECTION, part="EPOCH")
SUITE = rule("DS-CREATE-GROUP-VALIDATION-3", Code.invalid_group_info, _SECTION, part="CIPHER-SUITE")
JOINABLE = rule("DS-CREATE-GROUP-VALIDATION-3", Code.invalid_group_info, "PROTOCOL.md section 4", part="EXTERNAL-PUB")


def request_group_id(request: GroupRequest, context: ServiceContext) -> NewGroupId:
    """An id that no group has. It is not reserved: with 128 random bits nobody else gets it."""
    check_own_client(request, context)
    return NewGroupId(group(context.provider, context.rand("group_id", 16).hex()))


def create_group(command: CreateGroup, request: GroupRequest, context: ServiceContext) -> Done:
    """Own a new group of one member, the client that asks. Raises Refusal."""
    asker = check_own_client(request, context)
    _check_id(command.group_id, context)
    info = _group_info(command.group_info, command.group_id, context)
    _check_announced(info.group_context, asker, context)
    leaf = command.leaf_node
    own = (leaf.signature_key, leaf.credential) == (asker.signature_key, asker.credential)
    check(SIGNER, own, "the leaf has another key or credential than the signer")
    public = _import(command, info, context)
    connection = is_connection(leaf.extensions)
    check_leaf(leaf, request.version, context, connection=connection)
    check_context_extensions(info.group_context.extensions, request.version, CREATED, context)
    check_external_pub(info.extensions, public.suite, JOINABLE)
    facts = GroupFacts(request.version, int(connection))
    context.store.groups.save(GroupRecord(public, command.group_info, facts.encoded))
    return Done()


def _check_id(group_id: bytes, context: ServiceContext) -> None:
    try:
        owner = group_provider(group_id)
    except BadName as error:
        refuse(ID_NAME, str(error), error)
    check(OWN_ID, owner == context.provider, f"the id belongs to {owner}")
    check(FREE_ID, not context.store.groups.id_is_taken(group_id), "the id is, or was, another group's")


def _check_announced(group_context: GroupContext, asker: AsClient, context: ServiceContext) -> None:
    """An id that a ReInit has announced is kept for the members of the group that ended, and for what it announced."""
    predecessor = context.store.groups.predecessor(group_context.group_id)
    if predecessor is None:
        return
    ended = find_group(predecessor, context).public
    of_it = ended.find(identity_of(asker.credential)) is not None
    check(ANNOUNCED_ID, of_it, "a ReInit has announced this id, for the members of the group that it ended")
    reinit = ended.reinit
    made = (group_context.version, group_context.cipher_suite, group_context.extensions)
    as_announced = reinit is None or (reinit.version, reinit.cipher_suite, reinit.extensions) == made
    words = "the new group has another version, cipher suite or extensions than its ReInit has announced"
    check(ANNOUNCED, as_announced, words)


def _group_info(message: MLSMessage, group_id: bytes, context: ServiceContext) -> GroupInfo:
    info = message.body
    if not isinstance(info, GroupInfo):
        refuse(FORM, f"a {type(info).__name__} is no GroupInfo")
    made, suites = info.group_context, context.policy.cipher_suites
    check(GROUP_ID, made.group_id == group_id, "the GroupInfo is of another group than the request")
    check(FIRST_EPOCH, made.epoch == 0, f"a new group is at epoch 0, this one at {made.epoch}")
    check(SUITE, made.cipher_suite in suites, f"cipher suite {made.cipher_suite} is not one of {suites}")
    return info


def _import(command: CreateGroup, info: GroupInfo, context: ServiceContext) -> PublicGroup:
    """The tree of a new group is its creator's leaf, so the request needs no other."""
    leaf = command.leaf_node
    public = mls_check(GROUP_INFO, partial(PublicGroup.from_group_info, info, (leaf,), None))
    mls_check(LEAF, partial(check_leaf_node, leaf, public.suite, source=KeyPackageSource, place=None, now=context.now))
    return public
