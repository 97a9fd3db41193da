"""What a client needs to join a room by itself, encrypted for it ([P] 5.6)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct, uint16, uint64, utf8
from simulator.drafts.mimi_protocol_06.messages.common import Protocol, RatchetTreeOption
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.extensions.extension import ExternalSenderEntry
from simulator.mls.framing.message import MLSMessage
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree.credential import Credential

GROUP_INFO_REQUEST_LABEL = "GroupInfoRequestTBS"
GROUP_INFO_RESPONSE_LABEL = "GroupInfoResponseTBS"
GROUP_INFO_ENCRYPTION_LABEL = "GroupInfo and ratchet_tree encryption"


# struct {
#     Protocol protocol;
#     select (protocol) {
#         case mls10:
#             CipherSuite cipher_suite;
#             SignaturePublicKey requestingSignatureKey;
#             Credential requestingCredential;
#             HPKEPublicKey groupInfoPublicKey;
#             opaque joiningCode<V>;
#     };
# } GroupInfoRequestTBS;
@struct
class GroupInfoRequestTBS:
    protocol: Protocol
    cipher_suite: uint16
    requesting_signature_key: opaque
    requesting_credential: Credential
    group_info_public_key: opaque
    joining_code: opaque


# struct {
#     ...the fields of GroupInfoRequestTBS
#     /* SignWithLabel(., "GroupInfoRequestTBS", GroupInfoRequestTBS) */
#     opaque signature<V>;
# } GroupInfoRequest;
@struct
class GroupInfoRequest:
    """The signed part is a struct of its own here; on the wire that makes no difference."""

    signed: GroupInfoRequestTBS
    signature: opaque
    ENVELOPE = "signed"


# enum { reserved(0), success(1), notAuthorized(2), noSuchRoom(3), (255) } GroupInfoCode;
class GroupInfoCode(Enum8):
    success = 1
    not_authorized = 2
    no_such_room = 3


# struct { MLSMessage proposal; uint64 hub_accepted_time; } PendingProposal;
@struct
class PendingProposal:
    """A queued proposal, and when the hub accepted it, in milliseconds since 1970."""

    proposal: MLSMessage
    hub_accepted_time: uint64


# struct {
#     GroupInfo groupInfo;
#     RatchetTreeOption ratchetTreeOption;
#     PendingProposal pending_proposals<V>;
# } GroupInfoRatchetTreeTBE;
@struct
class GroupInfoRatchetTreeTBE:
    group_info: GroupInfo
    ratchet_tree_option: RatchetTreeOption
    pending_proposals: tuple[PendingProposal, ...]


# case success:
#     CipherSuite cipher_suite;
#     ExternalSender hub_sender;
#     HPKECiphertext encrypted_groupinfo_and_tree;
#     opaque signature<V>;
@struct
class GroupInfoSuccess:
    """`encrypted_groupinfo_and_tree` is EncryptWithLabel(groupInfoPublicKey, "GroupInfo and ratchet_tree encryption",
    room_id, GroupInfoRatchetTreeTBE).
    """

    cipher_suite: uint16
    hub_sender: ExternalSenderEntry
    encrypted_groupinfo_and_tree: HPKECiphertext
    signature: opaque


# case notAuthorized:
#     struct {};
@struct
class GroupInfoNotAuthorized:
    pass


# case noSuchRoom:
#     struct {};
@struct
class NoSuchRoom:
    pass


# GroupInfoCode status;
# select (status) {
#     ...the cases above
# };
GroupInfoBody: TypeAlias = Annotated[
    GroupInfoSuccess | GroupInfoNotAuthorized | NoSuchRoom,
    Tagged(
        GroupInfoCode,
        {
            GroupInfoCode.success: GroupInfoSuccess,
            GroupInfoCode.not_authorized: GroupInfoNotAuthorized,
            GroupInfoCode.no_such_room: NoSuchRoom,
        },
    ),
]


# struct {
#     Protocol version;
#     opaque room_id<V>;
#     GroupInfoCode status;
#     select (status) { case success: ...; default: struct {}; };
# } GroupInfoResponse;
@struct
class GroupInfoResponse:
    version: Protocol
    room_id: utf8
    body: GroupInfoBody


# struct {
#     Protocol version;
#     opaque room_id<V>;
#     GroupInfoCode status = success;
#     CipherSuite cipher_suite;
#     ExternalSender hub_sender;
#     HPKECiphertext encrypted_groupinfo_and_tree;
# } GroupInfoResponseTBS;
@struct
class GroupInfoResponseTBS:
    version: Protocol
    room_id: utf8
    status: GroupInfoCode
    cipher_suite: uint16
    hub_sender: ExternalSenderEntry
    encrypted_groupinfo_and_tree: HPKECiphertext
