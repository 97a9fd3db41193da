"""DSRequest and DSResponse: the envelope, the authentication and the answer (PROTOCOL.md section 4)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct, uint16, uint32, utf8
from simulator.drafts.mimi_transport_00.messages.common import MIMIError
from simulator.drafts.mimi_transport_00.messages.group_requests import DSRequestBody, DSRequestType
from simulator.mls.framing.message import MLSMessage
from simulator.mls.tree.credential import Credential
from simulator.mls.tree.node import Node


# enum { anonymous(0), client_signature(1), pseudonymous_user_auth(2), connection_token(3),
#        key_package_signature(4), credential_signature(5), (255) } DSAuthType;
class DSAuthType(Enum8):
    anonymous = 0
    client_signature = 1
    pseudonymous_user_auth = 2
    connection_token = 3
    key_package_signature = 4
    credential_signature = 5


# case anonymous:
#     struct {};
@struct
class Anonymous:
    pass


# case client_signature:
#     uint32 sender_index;
#     opaque signature<V>;
@struct
class ClientSignature:
    sender_index: uint32
    signature: opaque


# case pseudonymous_user_auth:   /* [DS], the withdrawn mode */
#     opaque user_auth_hash<V>;
#     opaque signature<V>;
@struct
class PseudonymousUserAuth:
    user_auth_hash: opaque
    signature: opaque


# case connection_token:   /* [DS], the withdrawn mode */
#     opaque connection_token<V>;
@struct
class ConnectionToken:
    connection_token: opaque


# case key_package_signature:
#     KeyPackageRef key_package_ref;
#     opaque signature<V>;
@struct
class KeyPackageSignature:
    key_package_ref: opaque
    signature: opaque


# case credential_signature:
#     SignaturePublicKey signature_key;
#     Credential credential;
#     opaque signature<V>;
@struct
class CredentialSignature:
    signature_key: opaque
    credential: Credential
    signature: opaque


# struct {
#     DSAuthType auth_type;
#     select (auth_type) {
#         ...the cases above
#     };
# } DSAuthData;
DSAuthData: TypeAlias = Annotated[
    Anonymous | ClientSignature | PseudonymousUserAuth | ConnectionToken | KeyPackageSignature | CredentialSignature,
    Tagged(
        DSAuthType,
        {
            DSAuthType.anonymous: Anonymous,
            DSAuthType.client_signature: ClientSignature,
            DSAuthType.pseudonymous_user_auth: PseudonymousUserAuth,
            DSAuthType.connection_token: ConnectionToken,
            DSAuthType.key_package_signature: KeyPackageSignature,
            DSAuthType.credential_signature: CredentialSignature,
        },
    ),
]


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; DSRequestType request_type; ... } DSRequest;
@struct
class DSRequestHead:
    """What a DSRequest begins with: who asks whom for what."""

    version: uint16
    sender: utf8
    recipient: utf8
    request_type: DSRequestType


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; DSRequestBody body; DSAuthData auth; } DSRequest;
@struct
class DSRequest:
    version: uint16
    sender: utf8
    recipient: utf8
    body: DSRequestBody
    auth: DSAuthData


# case client_signature:
#     uint32 sender_index;
@struct
class ClientSignatureTBS:
    sender_index: uint32


# case key_package_signature:
#     KeyPackageRef key_package_ref;
@struct
class KeyPackageSignatureTBS:
    key_package_ref: opaque


# case credential_signature:
#     SignaturePublicKey signature_key;
#     Credential credential;
@struct
class CredentialSignatureTBS:
    signature_key: opaque
    credential: Credential


DSAuthTBS: TypeAlias = Annotated[
    ClientSignatureTBS | KeyPackageSignatureTBS | CredentialSignatureTBS,
    Tagged(
        DSAuthType,
        {
            DSAuthType.client_signature: ClientSignatureTBS,
            DSAuthType.key_package_signature: KeyPackageSignatureTBS,
            DSAuthType.credential_signature: CredentialSignatureTBS,
        },
    ),
]

DS_REQUEST_LABEL = "DSRequestTBS"


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; DSRequestBody body;
#          DSAuthType auth_type; select (auth_type) { ...the arm's fields except signature... }; } DSRequestTBS;
@struct
class DSRequestTBS:
    version: uint16
    sender: utf8
    recipient: utf8
    body: DSRequestBody
    auth: DSAuthTBS


# enum { ok(0), error(1), group_id(2), welcome_info(3), external_commit_info(4), (255) } DSResponseType;
class DSResponseType(Enum8):
    ok = 0
    error = 1
    group_id = 2
    welcome_info = 3
    external_commit_info = 4


# case ok:
#     struct {};
@struct
class DSOk:
    pass


# case group_id:
#     GroupID group_id;
@struct
class DSGroupID:
    group_id: opaque


# case welcome_info:
#     optional<Node> ratchet_tree<V>;
@struct
class DSWelcomeInfo:
    ratchet_tree: tuple[Node | None, ...]


# case external_commit_info:
#     MLSMessage group_info;
#     optional<Node> ratchet_tree<V>;
@struct
class DSExternalCommitInfo:
    group_info: MLSMessage
    ratchet_tree: tuple[Node | None, ...]


# select (response_type) {
#     ...the cases above and error: MIMIError error
# };
DSResponseBody: TypeAlias = Annotated[
    DSOk | MIMIError | DSGroupID | DSWelcomeInfo | DSExternalCommitInfo,
    Tagged(
        DSResponseType,
        {
            DSResponseType.ok: DSOk,
            DSResponseType.error: MIMIError,
            DSResponseType.group_id: DSGroupID,
            DSResponseType.welcome_info: DSWelcomeInfo,
            DSResponseType.external_commit_info: DSExternalCommitInfo,
        },
    ),
]


# struct { ProtocolVersion version; DSResponseType response_type; select (response_type) { ... }; } DSResponse;
@struct
class DSResponse:
    version: uint16
    body: DSResponseBody
