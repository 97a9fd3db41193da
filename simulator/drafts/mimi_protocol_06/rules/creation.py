"""New rooms: local to the hub, which its creator's client asks ([P] 3.1; PROTOCOL.md, The hub)."""

from functools import partial

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.names import provider_uri, room_of
from simulator.drafts.mimi_protocol_06.room.franking_agent import FrankingAgentData
from simulator.drafts.mimi_protocol_06.room.new_room import check_new_room
from simulator.drafts.mimi_protocol_06.rules.hub_keys import hub_keys
from simulator.drafts.mimi_protocol_06.rules.leaves import check_leaf
from simulator.drafts.mimi_protocol_06.rules.mls_validity import valid
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.mls.extensions.extension import ExternalSenderEntry
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.senders import external_senders
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import KeyPackageSource, LeafNode
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.rules import check, refuse
from simulator.services.hub.group_info import check_external_pub
from simulator.services.members import client_of
from simulator.services.names import BadName, group_provider
from simulator.services.refusal import Code, rule
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord

_SECTION = "PROTOCOL.md, The hub"

NAME = rule("P6-3.1-ID", Code.invalid_group_id, _SECTION, part="NAME", essential="a room without a name has no hub")
OURS = rule("P6-3.1-ID", Code.invalid_group_id, _SECTION, part="HUB")
FREE = rule("P6-3.1-ID", Code.invalid_group_id, _SECTION, part="FREE")
FORM = rule("P6-3.1-GROUP-INFO", Code.invalid_group_info, _SECTION, part="FORM", essential="there is no group in it")
FIRST_EPOCH = rule("P6-3.1-GROUP-INFO", Code.invalid_group_info, _SECTION, part="EPOCH")
SUITE = rule("P6-3.1-GROUP-INFO", Code.invalid_group_info, _SECTION, part="CIPHER-SUITE")
VALID = rule("P6-3.1-GROUP-INFO", Code.invalid_group_info, _SECTION, part="VALID")
JOINABLE = rule("P6-3.1-GROUP-INFO", Code.invalid_group_info, _SECTION, part="EXTERNAL-PUB")
LEAF = rule("P6-3.1-CREATOR", Code.invalid_leaf_node, _SECTION)
HUB = rule("P6-5-EXTERNAL-SENDERS", Code.invalid_group_info, _SECTION)
ROOM = rule("P6-3.1-ROOM", Code.invalid_group_info, _SECTION)

_HUB_KEY_SIZE = 32


def create_room(leaf: LeafNode, message: MLSMessage, context: ServiceContext) -> None:
    """Be the hub of a new room whose creator has this leaf, and sent this GroupInfo. Raises Refusal."""
    info = _group_info(message, context)
    group_id = info.group_context.group_id
    _check_id(group_id, context)
    public = valid(VALID, partial(PublicGroup.from_group_info, info, (leaf,), None))
    check_made = partial(check_leaf_node, leaf, public.suite, source=KeyPackageSource, place=None, now=context.now)
    valid(LEAF, check_made)
    check_leaf(leaf, public, context)
    hub = BasicCredential(provider_uri(context.provider).encode())
    proposing, franking = hub_keys(context)
    only_us = external_senders(info.group_context.extensions) == (ExternalSenderEntry(proposing, hub),)
    check(HUB, only_us, f"the external_senders of a room are its hub {context.provider} with its key, and nobody else")
    agent = FrankingAgentData(franking, hub)
    valid(ROOM, partial(check_new_room, public, room_of(group_id), client_of(leaf), agent))
    check_external_pub(info.extensions, public.suite, JOINABLE)
    keep_room(public, info, context)


def keep_room(public: PublicGroup, info: GroupInfo, context: ServiceContext) -> None:
    """Be the hub of a room from now on, with a secret for its messages."""
    facts = RoomFacts(context.rand("hub_key", _HUB_KEY_SIZE), 0, (context.provider,))
    context.store.groups.save(GroupRecord(public, mls_message(info), encode(facts)))


def _group_info(message: MLSMessage, context: ServiceContext) -> GroupInfo:
    info = message.body
    if not isinstance(info, GroupInfo):
        refuse(FORM, f"a {type(info).__name__} is no GroupInfo")
    made, suites = info.group_context, context.policy.cipher_suites
    check(FIRST_EPOCH, made.epoch == 0, f"a new room is at epoch 0, this one at {made.epoch}")
    check(SUITE, made.cipher_suite in suites, f"cipher suite {made.cipher_suite} is not one of {suites}")
    return info


def _check_id(group_id: bytes, context: ServiceContext) -> None:
    try:
        hub = group_provider(group_id)
    except BadName as error:
        refuse(NAME, str(error), error)
    check(OURS, hub == context.provider, f"the hub of this room would be {hub}")
    check(FREE, not context.store.groups.id_is_taken(group_id), "there is, or was, another room with this id")
