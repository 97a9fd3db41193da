"""What a client learns from the hub to join a room without a Welcome, and what of it must hold ([P] 5.6)."""

from collections.abc import Sequence

from simulator.codec import MOST_VALUES, DecodeError, decode, encode
from simulator.drafts.mimi_protocol_06.messages.common import FullTree
from simulator.drafts.mimi_protocol_06.messages.group_info import (
    GROUP_INFO_ENCRYPTION_LABEL,
    GROUP_INFO_RESPONSE_LABEL,
    GroupInfoCode,
    GroupInfoRatchetTreeTBE,
    GroupInfoResponse,
    GroupInfoResponseTBS,
    GroupInfoSuccess,
)
from simulator.drafts.mimi_protocol_06.names import provider_uri, room_of
from simulator.drafts.mimi_protocol_06.room.rule import room_rule
from simulator.drafts.requests import answers
from simulator.mls.crypto import CipherSuite, KeyPair
from simulator.mls.errors import InvalidGroupInfo
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.message import mls_message
from simulator.mls.framing.senders import external_senders
from simulator.mls.tree.credential import BasicCredential
from simulator.rules import check, refuse
from simulator.services.names import group_provider
from simulator.services.results import GroupSnapshot, Result, SealedSnapshot

PAGE = "PROTOCOL.md, Joining"

MOST_IN_A_TREE = 2 * MOST_VALUES
"""Values in what may hold a ratchet tree: one of 3,000 clients has about as many."""
MOST_NODES = 8191
"""Of a ratchet tree, blank ones included: one with room for 4,096 clients."""

ROOM = room_rule("P6-4.5-ANSWER-ROOM", PAGE, slug="wrong_room")
SUITE = room_rule("P6-4.5-ANSWER-SUITE", PAGE, slug="wrong_cipher_suite")
SIGNATURE = room_rule("P6-4.5-ANSWER-SIGNATURE", PAGE, slug="invalid_signature")
HUB_SENDER = room_rule("P6-4.5-HUB-SENDER", PAGE, slug="hub_sender_unknown", part="LISTED")
HUB_NAME = room_rule("P6-4.5-HUB-SENDER", PAGE, slug="hub_sender_unknown", part="HUB")
SEALED = room_rule(
    "P6-4.5-ANSWER-SEALED", PAGE, slug="malformed_group_info", part="CONTENT", essential="there is nothing to join by"
)
TREE = room_rule("P6-4.5-ANSWER-SEALED", PAGE, slug="tree_missing", part="TREE", essential="there is no tree to join")


def open_join_info(answer: Result, group_id: bytes, suite: CipherSuite, keys: KeyPair) -> GroupSnapshot:
    """What the hub has answered about a group, encrypted to `keys`, with what waits in its queue.

    Raises BadAnswer for an answer of another kind, InvalidGroupInfo, DecryptionError or DecodeError.
    """
    hub = group_provider(group_id)
    words = f"{hub} did not answer with a GroupInfo"
    response = decode(GroupInfoResponse, answers.as_asked(answer, SealedSnapshot, words).content)
    success = answers.as_asked(response.body, GroupInfoSuccess, words)
    room = room_of(group_id)
    words = f"{hub} answered about {response.room_id[:200]}, asked about {room}"
    check(ROOM, response.room_id == room, words, kind=InvalidGroupInfo)
    words = f"{hub} answered in suite {success.cipher_suite}, asked in suite {suite.value}"
    check(SUITE, success.cipher_suite == suite.value, words, kind=InvalidGroupInfo)
    _check_signature(response, success, suite)
    opened = _opened(success, room, suite, keys)
    _check_sender(success, opened.group_info.group_context.extensions, hub)
    tree = opened.ratchet_tree_option
    if not isinstance(tree, FullTree):
        refuse(TREE, f"{hub} answered without the ratchet tree", kind=InvalidGroupInfo)
    words = f"a ratchet tree of {len(tree.ratchet_tree)} nodes; {MOST_NODES} are taken at most"
    check(answers.NODES, len(tree.ratchet_tree) <= MOST_NODES, words)
    waiting = tuple(pending.proposal for pending in opened.pending_proposals)
    return GroupSnapshot(mls_message(opened.group_info), tree.ratchet_tree, waiting)


def _check_signature(response: GroupInfoResponse, success: GroupInfoSuccess, suite: CipherSuite) -> None:
    signed = GroupInfoResponseTBS(
        response.version,
        response.room_id,
        GroupInfoCode.success,
        success.cipher_suite,
        success.hub_sender,
        success.encrypted_groupinfo_and_tree,
    )
    key = success.hub_sender.signature_key
    genuine = suite.verifies_with_label(key, GROUP_INFO_RESPONSE_LABEL, encode(signed), success.signature)
    check(SIGNATURE, genuine, "the answer of the hub is not signed by its hub_sender", kind=InvalidGroupInfo)


def _opened(success: GroupInfoSuccess, room: str, suite: CipherSuite, keys: KeyPair) -> GroupInfoRatchetTreeTBE:
    sealed = success.encrypted_groupinfo_and_tree
    opened = suite.decrypt_with_label(keys.private, GROUP_INFO_ENCRYPTION_LABEL, room.encode(), sealed)
    try:
        return decode(GroupInfoRatchetTreeTBE, opened, MOST_IN_A_TREE)
    except DecodeError as error:
        words = f"what the hub has encrypted is no GroupInfo with its tree: {error}"
        refuse(SEALED, words, error, kind=InvalidGroupInfo)


def _check_sender(success: GroupInfoSuccess, extensions: Sequence[Extension], hub: str) -> None:
    sender = success.hub_sender
    named = sender.credential == BasicCredential(provider_uri(hub).encode())
    check(HUB_NAME, named, f"the hub_sender of the answer is not {hub}", kind=InvalidGroupInfo)
    listed = sender in external_senders(extensions)
    check(HUB_SENDER, listed, "the hub_sender of the answer is no external sender of the group", kind=InvalidGroupInfo)
