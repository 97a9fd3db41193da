"""Every struct of the profile against its bytes, written out by hand from protocol.md."""

from typing import Any

import pytest

from simulator.codec import DecodeError, annotate, decode, encode
from simulator.drafts.mimi_transport_00.messages import common, delivery, group_requests, key_packages, queueing
from simulator.drafts.mimi_transport_00.messages import verification_key as keys
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import ContentType, PrivateMessage
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Capabilities, KeyPackageSource, LeafNode, Lifetime
from simulator.mls.tree.node import ParentNode

MESSAGE = mls_message(PrivateMessage(b"g", 1, ContentType.application, b"", b"s", b"c"))
MESSAGE_HEX = "0001 0002 01 67 0000000000000001 01 00 01 73 01 63"
LEAF = LeafNode(
    b"e",
    b"k",
    BasicCredential(b"i"),
    Capabilities((1,), (1,), (), (), (1,)),
    KeyPackageSource(Lifetime(1, 2)),
    (),
    b"s",
)
LEAF_HEX = "01 65 01 6b 0001 01 69 02 0001 02 0001 00 00 02 0001 01 0000000000000001 0000000000000002 00 01 73"
KEY_PACKAGE = KeyPackage(1, 1, b"x", LEAF, (), b"t")
KEY_PACKAGE_HEX = f"0001 0001 01 78 {LEAF_HEX} 00 01 74"
UPDATE = group_requests.MLSGroupUpdate(MESSAGE, group_requests.PartialGroupInfo((Extension(4, b"p"),), b"s"))
UPDATE_HEX = f"{MESSAGE_HEX} 04 0004 01 70 01 73"
WELCOMES_HEX = f"14 {MESSAGE_HEX}"
NAMES_HEX = "01 61 01 62"

BODIES: list[tuple[Any, str]] = [
    (group_requests.RequestGroupIDRequest(), "00"),
    (group_requests.CreateGroupRequest(b"g", LEAF, MESSAGE), f"01 01 67 {LEAF_HEX} {MESSAGE_HEX}"),
    (group_requests.DeleteGroupRequest(UPDATE), f"02 {UPDATE_HEX}"),
    (group_requests.AddUsersRequest(UPDATE, (MESSAGE,)), f"03 {UPDATE_HEX} {WELCOMES_HEX}"),
    (group_requests.RemoveUsersRequest(UPDATE), f"04 {UPDATE_HEX}"),
    (group_requests.AddClientsRequest(UPDATE, ()), f"05 {UPDATE_HEX} 00"),
    (group_requests.RemoveClientsRequest(UPDATE), f"06 {UPDATE_HEX}"),
    (group_requests.SelfRemoveClientRequest(MESSAGE), f"07 {MESSAGE_HEX}"),
    (group_requests.UpdateClientRequest(UPDATE), f"08 {UPDATE_HEX}"),
    (group_requests.ExternalJoinRequest(UPDATE), f"09 {UPDATE_HEX}"),
    (group_requests.SendMessageRequest(MESSAGE), f"0a {MESSAGE_HEX}"),
    (group_requests.SignaturePublicKeyRequest(), "0b"),
    (group_requests.AddPackagesRequest(("x", "y")), "0c 04 01 78 01 79"),
    (group_requests.ConnectionAddPackagesRequest("x"), "0d 01 78"),
    (group_requests.ReInitializeGroupRequest(UPDATE), f"0e {UPDATE_HEX}"),
    (group_requests.WelcomeInfoRequest(b"g", 5), "0f 01 67 0000000000000005"),
    (group_requests.ExternalCommitInfoRequest(b"g"), "10 01 67"),
]

AUTHS: list[tuple[Any, str]] = [
    (delivery.Anonymous(), "00"),
    (delivery.ClientSignature(7, b"s"), "01 00000007 01 73"),
    (delivery.PseudonymousUserAuth(b"h", b"s"), "02 01 68 01 73"),
    (delivery.ConnectionToken(b"t"), "03 01 74"),
    (delivery.KeyPackageSignature(b"r", b"s"), "04 01 72 01 73"),
    (delivery.CredentialSignature(b"k", BasicCredential(b"i"), b"s"), "05 01 6b 0001 01 69 01 73"),
]

TBS_AUTHS: list[tuple[Any, str]] = [
    (delivery.ClientSignatureTBS(7), "01 00000007"),
    (delivery.KeyPackageSignatureTBS(b"r"), "04 01 72"),
    (delivery.CredentialSignatureTBS(b"k", BasicCredential(b"i")), "05 01 6b 0001 01 69"),
]

RECIPIENT = queueing.FanoutRecipient(queueing.FanoutRecipientType.client_identifier, "x")
QUEUEING = queueing.QueueingServiceRequestTBS(
    1, "a", "b", queueing.QSRequestType.qs_connection_request, (RECIPIENT,), b"g", MESSAGE
)
ERROR = common.MIMIError(common.ErrorCode.malformed, "é")
EPOCH = common.MIMIError(common.ErrorCode.wrong_epoch, "", 5)
CONNECTION = key_packages.ConnectionKeyPackageRequestTBS(1, "a", "b", "r", "t")
BY_USER = key_packages.GroupKeyPackageRequestTBS(1, "a", "b", "r", key_packages.UserTarget("u"))
BY_CLIENTS = key_packages.GroupKeyPackageRequestTBS(1, "a", "b", "r", key_packages.ClientsTarget(("c", "d")))
PACKAGES_HEX = f"{len(bytes.fromhex(KEY_PACKAGE_HEX)):02x} {KEY_PACKAGE_HEX}"

STRUCTS: list[tuple[Any, str]] = [
    *(
        (delivery.DSRequest(1, "a", "b", body, delivery.Anonymous()), f"0001 {NAMES_HEX} {data} 00")
        for body, data in BODIES
    ),
    *(
        (
            delivery.DSRequest(2, "a", "b", group_requests.RequestGroupIDRequest(), auth),
            f"0002 {NAMES_HEX} 00 {data}",
        )
        for auth, data in AUTHS
    ),
    *(
        (
            delivery.DSRequestTBS(1, "a", "b", group_requests.RequestGroupIDRequest(), auth),
            f"0001 {NAMES_HEX} 00 {data}",
        )
        for auth, data in TBS_AUTHS
    ),
    (delivery.DSResponse(1, delivery.DSOk()), "0001 00"),
    (delivery.DSResponse(1, ERROR), "0001 01 0001 02 c3a9"),
    (delivery.DSResponse(1, EPOCH), "0001 01 0009 00 0000000000000005"),
    (delivery.DSResponse(1, delivery.DSGroupID(b"g")), "0001 02 01 67"),
    (
        delivery.DSResponse(1, delivery.DSWelcomeInfo((LEAF, ParentNode(b"e", b"", (1,)), None))),
        f"0001 03 34 01 01 {LEAF_HEX} 01 02 01 65 00 04 00000001 00",
    ),
    (delivery.DSResponse(1, delivery.DSExternalCommitInfo(MESSAGE, ())), f"0001 04 {MESSAGE_HEX} 00"),
    (QUEUEING, f"0001 {NAMES_HEX} 01 03 00 01 78 01 67 {MESSAGE_HEX}"),
    (
        queueing.QueueingServiceRequest(QUEUEING, b"s"),
        f"0001 {NAMES_HEX} 01 03 00 01 78 01 67 {MESSAGE_HEX} 01 73",
    ),
    (queueing.QueueingServiceResponse(1, queueing.UnknownClients(("x",))), "0001 00 02 01 78"),
    (queueing.QueueingServiceResponse(1, ERROR), "0001 01 0001 02 c3a9"),
    (keys.VerificationKeyRequest(1, "a", "b"), f"0001 {NAMES_HEX}"),
    (
        keys.VerificationKeyResponse(1, keys.ProviderKey("a", b"i", 0x0807, b"k", 1, 2)),
        "0001 00 01 61 01 69 0807 01 6b 0000000000000001 0000000000000002",
    ),
    (keys.VerificationKeyResponse(1, ERROR), "0001 01 0001 02 c3a9"),
    (key_packages.ConnectionKeyPackageRequest(CONNECTION, b"s"), f"0001 {NAMES_HEX} 01 72 01 74 01 73"),
    (key_packages.GroupKeyPackageRequest(BY_USER, b"s"), f"0001 {NAMES_HEX} 01 72 00 01 75 01 73"),
    (key_packages.GroupKeyPackageRequest(BY_CLIENTS, b"s"), f"0001 {NAMES_HEX} 01 72 01 04 01 63 01 64 01 73"),
    (
        key_packages.ConnectionKeyPackageResponse(1, key_packages.KeyPackages((KEY_PACKAGE,))),
        f"0001 00 {PACKAGES_HEX}",
    ),
    (key_packages.GroupKeyPackageResponse(1, key_packages.KeyPackages(())), "0001 00 00"),
    (key_packages.GroupKeyPackageResponse(1, ERROR), "0001 01 0001 02 c3a9"),
    (common.ErrorResponse(1, common.ResponseType.error, ERROR), "0001 01 0001 02 c3a9"),
]


@pytest.mark.parametrize(("value", "golden"), STRUCTS, ids=lambda value: type(value).__name__)
def test_a_struct_has_exactly_these_bytes(value: Any, golden: str) -> None:
    data = bytes.fromhex(golden)
    assert encode(value) == data
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
        (delivery.DSRequest, f"0001 {NAMES_HEX} 11 00"),
        (delivery.DSRequest, f"0001 {NAMES_HEX} 00 06"),
        (delivery.DSResponse, "0001 05"),
        (queueing.QueueingServiceResponse, "0001 02 00"),
        (queueing.QueueingServiceRequest, f"0001 {NAMES_HEX} 02 03 00 01 78 01 67 {MESSAGE_HEX} 01 73"),
        (queueing.QueueingServiceRequest, f"0001 {NAMES_HEX} 01 03 01 01 78 01 67 {MESSAGE_HEX} 01 73"),
        (key_packages.GroupKeyPackageRequest, f"0001 {NAMES_HEX} 01 72 02 01 75 01 73"),
        (keys.VerificationKeyRequest, "0001 01 ff 01 62"),
        (common.ErrorResponse, "0001 01 0000 00"),
        (common.ErrorResponse, "0001 01 0018 00"),
        (common.ErrorResponse, "0001 02 0001 00"),
    ],
)
def test_an_unknown_value_is_malformed(struct: type, data: str) -> None:
    with pytest.raises(DecodeError):
        decode(struct, bytes.fromhex(data))


def test_any_message_can_be_shown() -> None:
    for value, golden in STRUCTS:
        assert annotate(type(value), bytes.fromhex(golden))
