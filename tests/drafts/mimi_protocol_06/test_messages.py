"""Every struct of the profile against its bytes, written out by hand from protocol-06.md, and its known answers."""

from typing import Any

import pytest

from simulator.codec import DecodeError, annotate, decode, encode
from simulator.drafts.mimi_protocol_06.messages import abuse_report as abuse
from simulator.drafts.mimi_protocol_06.messages import common, consent, submit_message, update
from simulator.drafts.mimi_protocol_06.messages import group_info as joining
from simulator.drafts.mimi_protocol_06.messages import identifier_query as query
from simulator.drafts.mimi_protocol_06.messages import key_material as keys
from simulator.drafts.mimi_protocol_06.messages.notify import FannedOutMessage, FanoutMessage
from simulator.mls.commits.commit import Commit
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.extensions.app_data_dictionary import AppDataDictionary, ComponentData
from simulator.mls.extensions.extension import Extension, ExternalSenderEntry, RequiredCapabilities
from simulator.mls.framing.framing import (
    ApplicationData,
    ContentType,
    ExternalSender,
    FramedContent,
    PrivateMessage,
    PublicMessage,
)
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import Welcome
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.proposals.proposals import Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Capabilities, KeyPackageSource, LeafNode, Lifetime
from simulator.mls.tree.node import ParentNode

MLS10 = common.Protocol.mls10
CREDENTIAL = BasicCredential(b"i")
CREDENTIAL_HEX = "0001 01 69"
CAPABILITIES = Capabilities((1,), (1,), (6,), (8, 10), (1,))
CAPABILITIES_HEX = "02 0001 02 0001 02 0006 04 0008 000a 02 0001"
LEAF = LeafNode(b"e", b"k", CREDENTIAL, CAPABILITIES, KeyPackageSource(Lifetime(1, 2)), (), b"s")
LEAF_HEX = f"01 65 01 6b {CREDENTIAL_HEX} {CAPABILITIES_HEX} 01 0000000000000001 0000000000000002 00 01 73"
KEY_PACKAGE = KeyPackage(1, 1, b"x", LEAF, (), b"t")
KEY_PACKAGE_HEX = f"0001 0001 01 78 {LEAF_HEX} 00 01 74"
INFO = GroupInfo(GroupContext(1, 1, b"g", 5, b"t", b"c", ()), (), b"m", 3, b"s")
INFO_HEX = "0001 0001 01 67 0000000000000005 01 74 01 63 00 00 01 6d 00000003 01 73"
WELCOME = Welcome(1, (), b"w")
WELCOME_HEX = "0001 00 01 77"


def _public(content: Any, tag: bytes | None = None) -> Any:
    framed = FramedContent(b"g", 5, ExternalSender(0), b"\0", content)
    return mls_message(PublicMessage(framed, b"s", tag, None))


FRAMED_HEX = "0001 0001 01 67 0000000000000005 02 00000000 01 00"
COMMIT, COMMIT_HEX = _public(Commit((), None), b"t"), f"{FRAMED_HEX} 03 00 00 01 73 01 74"
REMOVE, REMOVE_HEX = _public(Remove(2)), f"{FRAMED_HEX} 02 0003 00000002 01 73"
LEAVE, LEAVE_HEX = _public(SelfRemove()), f"{FRAMED_HEX} 02 000a 01 73"
PUBLIC, PUBLIC_HEX = _public(ApplicationData(b"d")), f"{FRAMED_HEX} 01 01 64 01 73"
MESSAGE = mls_message(PrivateMessage(b"g", 5, ContentType.application, b"\0", b"s", b"c"))
MESSAGE_HEX = "0001 0002 01 67 0000000000000005 01 01 00 01 73 01 63"
PRIVATE = mls_message(PrivateMessage(b"g", 5, ContentType.proposal, b"\0", b"s", b"c"))
PRIVATE_HEX = "0001 0002 01 67 0000000000000005 02 01 00 01 73 01 63"

PARTIAL = common.PartialGroupInfo(common.RatchetTreePresence.no_ratchet_tree, (Extension(4, b"p"),), b"s")
PARTIAL_HEX = "02 00 04 0004 01 70 01 73"
TREE = common.FullTree((LEAF, ParentNode(b"e", b"", (1,)), None))
TREE_HEX = f"01 {len(bytes.fromhex(LEAF_HEX)) + 13:02x} 01 01 {LEAF_HEX} 01 02 01 65 00 04 00000001 00"
FRANK = common.Frank(b"f" * 32, 1, b"s")
FRANK_HEX = f"{'66' * 32} 0001 01 73"

SIGNED_KEYS = keys.KeyMaterialRequestTBS(
    MLS10, "r", "t", "o", (1, 3), RequiredCapabilities((6,), (8, 10), (1,)), b"k", CREDENTIAL
)
SIGNED_KEYS_HEX = f"01 01 72 01 74 01 6f 04 0001 0003 02 0006 04 0008 000a 02 0001 01 6b {CREDENTIAL_HEX}"
CLIENTS = (
    keys.ClientKeyMaterial(keys.KeyMaterialClientCode.success, "c", KEY_PACKAGE),
    keys.ClientKeyMaterial(keys.KeyMaterialClientCode.key_material_exhausted, "d"),
    keys.ClientKeyMaterial(
        keys.KeyMaterialClientCode.nothing_compatible, "e", capabilities=keys.ClientCapabilities(CAPABILITIES)
    ),
    keys.ClientKeyMaterial(
        keys.KeyMaterialClientCode.nothing_compatible, "f", capabilities=keys.ClientCapabilities(None)
    ),
)
CLIENTS_HEX = f"00 01 63 {KEY_PACKAGE_HEX} 01 01 64 02 01 65 01 {CAPABILITIES_HEX} 02 01 66 00"

SIGNED_JOIN = joining.GroupInfoRequestTBS(MLS10, 1, b"k", CREDENTIAL, b"h", b"")
SIGNED_JOIN_HEX = f"01 0001 01 6b {CREDENTIAL_HEX} 01 68 00"
SEALED = (1, ExternalSenderEntry(b"k", CREDENTIAL), HPKECiphertext(b"e", b"c"))
SEALED_HEX = f"0001 01 6b {CREDENTIAL_HEX} 01 65 01 63"

COMMIT_BUNDLE = update.HandshakeBundle(COMMIT, update.CommitBundle(WELCOME, PARTIAL, common.TreeAtHub()))
OTHER_BUNDLE = update.HandshakeBundle(COMMIT, update.CommitBundle(None, INFO, TREE))
PROPOSALS = update.HandshakeBundle(REMOVE, None, (LEAVE,))
PROPOSALS_HEX = f"{REMOVE_HEX} {len(bytes.fromhex(LEAVE_HEX)):02x} {LEAVE_HEX}"

HANDLE = query.QueryElement(query.SearchIdentifierType.handle, None, None, "v")
CLAIM = query.QueryElement(query.SearchIdentifierType.oidc_std_claim, "n", None, "v")
FIELD = query.QueryElement(query.SearchIdentifierType.vcard_field, None, "n", "v")
PROFILE = query.UserProfile("u", (query.ProfileField(query.FieldSource.vcard_field, "n", "v"),))
ITEMS = AppDataDictionary((ComponentData(0x20, b"d"),))

STRUCTS: list[tuple[Any, str]] = [
    (keys.KeyMaterialHead(9, "r", "t", "o"), "09 01 72 01 74 01 6f"),
    (SIGNED_KEYS, SIGNED_KEYS_HEX),
    (keys.KeyMaterialRequest(SIGNED_KEYS, b"s"), f"{SIGNED_KEYS_HEX} 01 73"),
    (
        keys.KeyMaterialResponse(1, keys.KeyMaterialUserCode.partial_success, "u", CLIENTS),
        f"01 01 01 75 40{len(bytes.fromhex(CLIENTS_HEX)):02x} {CLIENTS_HEX}",
    ),
    (keys.KeyMaterialResponse(9, keys.KeyMaterialUserCode.incompatible_protocol, "u", ()), "09 02 01 75 00"),
    (update.UpdateRequest(COMMIT_BUNDLE), f"{COMMIT_HEX} 01 {WELCOME_HEX} {PARTIAL_HEX} 04"),
    (update.UpdateRequest(OTHER_BUNDLE), f"{COMMIT_HEX} 00 01 {INFO_HEX} {TREE_HEX}"),
    (update.UpdateRequest(PROPOSALS), PROPOSALS_HEX),
    (update.UpdateRequest(update.HandshakeBundle(PRIVATE)), PRIVATE_HEX),
    (update.UpdateRequest(update.HandshakeBundle(PUBLIC)), PUBLIC_HEX),
    (update.UpdateRoomResponse(update.UpdateResponseCode.success, "", 7), "00 00 0000000000000007"),
    (
        update.UpdateRoomResponse(update.UpdateResponseCode.wrong_epoch, "é", current_epoch=5),
        "01 02 c3a9 0000000000000005",
    ),
    (update.UpdateRoomResponse(update.UpdateResponseCode.not_allowed, "no"), "02 02 6e6f"),
    (
        update.UpdateRoomResponse(update.UpdateResponseCode.invalid_proposal, "", invalid_proposals=(b"p", b"q")),
        "03 00 04 01 70 01 71",
    ),
    (submit_message.SubmitMessageRequest(MLS10, MESSAGE, "u"), f"01 {MESSAGE_HEX} 01 75"),
    (
        submit_message.SubmitMessageResponse(MLS10, common.AcceptedMessage(7, FRANK)),
        f"01 00 0000000000000007 01 {FRANK_HEX}",
    ),
    (submit_message.SubmitMessageResponse(MLS10, submit_message.SubmitNotAllowed()), "01 01"),
    (submit_message.SubmitMessageResponse(MLS10, submit_message.EpochTooOld(5)), "01 02 0000000000000005"),
    (FanoutMessage(7, MESSAGE, FannedOutMessage(FRANK)), f"0000000000000007 {MESSAGE_HEX} 01 {FRANK_HEX}"),
    (FanoutMessage(7, MESSAGE, FannedOutMessage(None)), f"0000000000000007 {MESSAGE_HEX} 00"),
    (FanoutMessage(7, PRIVATE), f"0000000000000007 {PRIVATE_HEX}"),
    (
        FanoutMessage(7, mls_message(WELCOME), ratchet_tree_option=TREE),
        f"0000000000000007 0001 0003 {WELCOME_HEX} {TREE_HEX}",
    ),
    (FanoutMessage(7, REMOVE, more_proposals=(LEAVE,)), f"0000000000000007 {PROPOSALS_HEX}"),
    (FanoutMessage(7, COMMIT, external_proposals=()), f"0000000000000007 {COMMIT_HEX} 00"),
    (FanoutMessage(7, mls_message(KEY_PACKAGE)), f"0000000000000007 0001 0005 {KEY_PACKAGE_HEX}"),
    (SIGNED_JOIN, SIGNED_JOIN_HEX),
    (joining.GroupInfoRequest(SIGNED_JOIN, b"s"), f"{SIGNED_JOIN_HEX} 01 73"),
    (joining.GroupInfoResponse(MLS10, "o", joining.GroupInfoSuccess(*SEALED, b"s")), f"01 01 6f 01 {SEALED_HEX} 01 73"),
    (joining.GroupInfoResponse(MLS10, "o", joining.GroupInfoNotAuthorized()), "01 01 6f 02"),
    (joining.GroupInfoResponse(MLS10, "o", joining.NoSuchRoom()), "01 01 6f 03"),
    (joining.GroupInfoResponseTBS(MLS10, "o", joining.GroupInfoCode.success, *SEALED), f"01 01 6f 01 {SEALED_HEX}"),
    (
        joining.GroupInfoRatchetTreeTBE(INFO, common.TreeOutOfBand(), (joining.PendingProposal(LEAVE, 7),)),
        f"{INFO_HEX} 03 {len(bytes.fromhex(LEAVE_HEX)) + 8:02x} {LEAVE_HEX} 0000000000000007",
    ),
    (
        joining.GroupInfoRatchetTreeTBE(INFO, common.TreeAtURL("w"), ()),
        f"{INFO_HEX} 02 01 77 00",
    ),
    (
        consent.ConsentEntry(consent.ConsentOperation.grant, "r", "t", "o", (KEY_PACKAGE,), common.NO_EXTENSIONS),
        f"02 01 72 01 74 01 01 6f {len(bytes.fromhex(KEY_PACKAGE_HEX)):02x} {KEY_PACKAGE_HEX} 00",
    ),
    (
        consent.ConsentEntry(consent.ConsentOperation.revoke, "r", "t", None, None, ITEMS),
        "03 01 72 01 74 00 04 0020 01 64",
    ),
    (
        query.IdentifierRequest((HANDLE, CLAIM, FIELD), common.NO_EXTENSIONS),
        "0d 01 01 76 07 01 6e 01 76 08 01 6e 01 76 00",
    ),
    (
        query.IdentifierResponse(query.IdentifierQueryCode.ambiguous, ("u", "w"), (PROFILE,), common.NO_EXTENSIONS),
        "02 04 01 75 01 77 08 01 75 05 08 01 6e 01 76 00",
    ),
    (
        query.IdentifierResponse(query.IdentifierQueryCode.not_found, (), (), common.NO_EXTENSIONS),
        "01 00 00 00",
    ),
    (
        abuse.AbuseReport("", "u", 9, "é", (abuse.AbusiveMessage(b"m", FRANK, 7),), common.NO_EXTENSIONS),
        f"00 01 75 09 02 c3a9 2e 01 6d {FRANK_HEX} 0000000000000007 00",
    ),
]


@pytest.mark.parametrize(("value", "golden"), STRUCTS, ids=lambda value: type(value).__name__)
def test_a_struct_has_exactly_these_bytes(value: Any, golden: str) -> None:
    data = bytes.fromhex(golden)
    assert encode(value).hex(" ") == data.hex(" ")
    assert decode(type(value), data) == value


@pytest.mark.parametrize(("value", "golden"), STRUCTS, ids=lambda value: type(value).__name__)
def test_nothing_shorter_or_longer_is_the_struct(value: Any, golden: str) -> None:
    data = bytes.fromhex(golden)
    for wrong in (*(data[:length] for length in range(len(data))), data + b"\0"):
        with pytest.raises(DecodeError):
            decode(type(value), wrong)


@pytest.mark.parametrize(
    ("struct", "data"),
    [
        (keys.KeyMaterialRequest, f"00 {SIGNED_KEYS_HEX[2:]} 01 73"),
        (keys.KeyMaterialRequest, f"02 {SIGNED_KEYS_HEX[2:]} 01 73"),
        (keys.KeyMaterialResponse, "01 08 01 75 00"),
        (keys.ClientKeyMaterial, "03 01 63"),
        (update.UpdateRequest, f"{COMMIT_HEX} 00 00"),
        (update.UpdateRequest, f"{COMMIT_HEX} 00 {PARTIAL_HEX} 00"),
        (update.UpdateRequest, f"{COMMIT_HEX} 00 {PARTIAL_HEX} 05"),
        (update.UpdateRequest, f"{COMMIT_HEX} 00 02 04 {PARTIAL_HEX[6:]} 04"),
        (update.UpdateRoomResponse, "04 00"),
        (update.UpdateRoomResponse, "02 01 ff"),
        (submit_message.SubmitMessageRequest, f"00 {MESSAGE_HEX} 01 75"),
        (submit_message.SubmitMessageResponse, "01 03"),
        (joining.GroupInfoRequest, f"02 {SIGNED_JOIN_HEX[2:]} 01 73"),
        (joining.GroupInfoResponse, "01 01 6f 00"),
        (joining.GroupInfoResponse, "01 01 6f 04"),
        (consent.ConsentEntry, "04 01 72 01 74 00 00"),
        (query.IdentifierRequest, "03 00 01 76 00"),
        (query.IdentifierRequest, "03 09 01 76 00"),
        (query.IdentifierResponse, "05 00 00 00"),
        (query.ProfileField, "06 01 6e 01 76"),
    ],
)
def test_an_unknown_value_is_malformed(struct: type, data: str) -> None:
    with pytest.raises(DecodeError):
        decode(struct, bytes.fromhex(data))


def test_a_consent_entry_has_the_known_bytes() -> None:
    alice, bob = "mimi://a.example/u/alice", "mimi://b.example/u/bob"
    entry = consent.ConsentEntry(consent.ConsentOperation.request, alice, bob, None, None, common.NO_EXTENSIONS)
    assert encode(entry) == b"\x01\x18" + alice.encode() + b"\x16" + bob.encode() + b"\0\0"


def test_an_accepted_message_has_the_known_bytes() -> None:
    response = submit_message.SubmitMessageResponse(MLS10, common.AcceptedMessage(1767225600000, None))
    assert encode(response) == bytes.fromhex("01 00 0000019b76daa800 00")


def test_any_message_can_be_shown() -> None:
    for value, golden in STRUCTS:
        assert annotate(type(value), bytes.fromhex(golden))
