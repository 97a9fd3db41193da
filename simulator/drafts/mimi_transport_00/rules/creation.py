"""New groups ([DS] Request group id, Create group)."""

from simulator.drafts.mimi_transport_00.rules.access import check_own_client, find_group
from simulator.drafts.mimi_transport_00.rules.leaves import check_leaf
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.drafts.mimi_transport_00.rules.terms import check_context_extensions, check_external_pub
from simulator.mls.credential import identity_of
from simulator.mls.errors import MLSError
from simulator.mls.group_context import GroupContext
from simulator.mls.group_info import GroupInfo
from simulator.mls.leaf_node import KeyPackageSource
from simulator.mls.leaf_validation import check_leaf_node
from simulator.mls.message import MLSMessage
from simulator.mls.public_group import PublicGroup
from simulator.services.commands import CreateGroup
from simulator.services.extensions import is_connection
from simulator.services.hub.mls_errors import refused
from simulator.services.names import BadName, group, group_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done, NewGroupId
from simulator.services.service_context import ServiceContext
from simulator.services.signing import CredentialAuth
from simulator.storage import GroupRecord

_SECTION = "[DS] Create group"


def request_group_id(request: GroupRequest, context: ServiceContext) -> NewGroupId:
    """An id that no group has. It is not reserved: with 128 random bits nobody else gets it."""
    check_own_client(request, context)
    return NewGroupId(group(context.provider, context.rand("group_id", 16).hex()))


def create_group(command: CreateGroup, request: GroupRequest, context: ServiceContext) -> Done:
    """Own a new group of one member, the client that asks. Raises Refusal."""
    auth = check_own_client(request, context)
    _check_id(command.group_id, context)
    info = _group_info(command.group_info, command.group_id, context)
    _check_announced(info.group_context, auth, context)
    leaf = command.leaf_node
    if (leaf.signature_key, leaf.credential) != (auth.signature_key, auth.credential):
        raise Refusal(Code.not_authorized, "the leaf has another key or credential than the signer", _SECTION)
    public = _import(command, info, context)
    connection = is_connection(leaf.extensions)
    check_leaf(leaf, request.version, context, connection=connection)
    check_context_extensions(info.group_context.extensions, request.version, Code.invalid_group_info, context)
    check_external_pub(info.extensions, public.suite)
    context.store.groups.save(GroupRecord(public, command.group_info, request.version, connection))
    return Done()


def _check_id(group_id: bytes, context: ServiceContext) -> None:
    try:
        owner = group_provider(group_id)
    except BadName as error:
        raise Refusal(Code.invalid_group_id, str(error), _SECTION) from error
    if owner != context.provider:
        raise Refusal(Code.invalid_group_id, f"the id belongs to {owner}", "PROTOCOL.md section 1")
    if context.store.groups.id_is_taken(group_id):
        raise Refusal(Code.invalid_group_id, "the id is, or was, another group's", _SECTION)


def _check_announced(group_context: GroupContext, auth: CredentialAuth, context: ServiceContext) -> None:
    """An id that a ReInit has announced is kept for the members of the group that ended, and for what it announced."""
    predecessor = context.store.groups.predecessor(group_context.group_id)
    if predecessor is None:
        return
    ended = find_group(predecessor, context).public
    if ended.find(identity_of(auth.credential)) is None:
        rule = "a ReInit has announced this id, for the members of the group that it ended"
        raise Refusal(Code.invalid_group_id, rule, "[DS] ReInitialize a group")
    reinit = ended.reinit
    made = (group_context.version, group_context.cipher_suite, group_context.extensions)
    if reinit is not None and (reinit.version, reinit.cipher_suite, reinit.extensions) != made:
        rule = "the new group has another version, cipher suite or extensions than its ReInit has announced"
        raise _invalid(rule, "RFC 9420 11.2")


def _group_info(message: MLSMessage, group_id: bytes, context: ServiceContext) -> GroupInfo:
    info = message.body
    if not isinstance(info, GroupInfo):
        raise _invalid(f"a {type(info).__name__} is no GroupInfo")
    group_context = info.group_context
    if group_context.group_id != group_id:
        raise _invalid("the GroupInfo is of another group than the request")
    if group_context.epoch != 0:
        raise _invalid(f"a new group is at epoch 0, this one at {group_context.epoch}")
    if group_context.cipher_suite not in context.policy.cipher_suites:
        raise _invalid(f"cipher suite {group_context.cipher_suite} is not one of {context.policy.cipher_suites}")
    return info


def _import(command: CreateGroup, info: GroupInfo, context: ServiceContext) -> PublicGroup:
    """The tree of a new group is its creator's leaf, so the request needs no other."""
    try:
        public = PublicGroup.from_group_info(info, (command.leaf_node,), None)
        check_leaf_node(command.leaf_node, public.suite, source=KeyPackageSource, place=None, now=context.now)
    except MLSError as error:
        raise refused(error, Code.invalid_group_info) from error
    return public


def _invalid(rule: str, section: str = _SECTION) -> Refusal:
    return Refusal(Code.invalid_group_info, rule, section)
