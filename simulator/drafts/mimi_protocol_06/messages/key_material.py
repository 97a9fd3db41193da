"""Asking for the KeyPackages of a user, by way of the room's hub ([P] 5.2)."""

from typing import Annotated

from simulator.codec import Enum8, When, opaque, struct, uint8, uint16
from simulator.drafts.mimi_protocol_06.messages.common import IdentifierUri, Protocol
from simulator.mls.extensions.extension import RequiredCapabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree.credential import Credential
from simulator.mls.tree.leaf_node import Capabilities

KEY_MATERIAL_REQUEST_LABEL = "KeyMaterialRequestTBS"


# struct { Protocol protocol; IdentifierUri requestingUser; IdentifierUri targetUser; IdentifierUri roomId; ...
@struct
class KeyMaterialHead:
    """What every KeyMaterialRequest begins with, of whichever protocol."""

    protocol: uint8
    requesting_user: IdentifierUri
    target_user: IdentifierUri
    room_id: IdentifierUri


# struct {
#     Protocol protocol;
#     IdentifierUri requestingUser;
#     IdentifierUri targetUser;
#     IdentifierUri roomId;
#     select (protocol) {
#         case mls10:
#             CipherSuite acceptableCiphersuites<V>;
#             RequiredCapabilities requiredCapabilities;
#             SignaturePublicKey requesterSignatureKey;
#             Credential requesterCredential;
#     };
# } KeyMaterialRequestTBS;
@struct
class KeyMaterialRequestTBS:
    protocol: Protocol
    requesting_user: IdentifierUri
    target_user: IdentifierUri
    room_id: IdentifierUri
    acceptable_ciphersuites: tuple[uint16, ...]
    required_capabilities: RequiredCapabilities
    requester_signature_key: opaque
    requester_credential: Credential


# struct {
#     ...the fields of KeyMaterialRequestTBS
#     /* SignWithLabel(., "KeyMaterialRequestTBS", KeyMaterialRequestTBS) */
#     opaque key_material_request_signature<V>;
# } KeyMaterialRequest;
@struct
class KeyMaterialRequest:
    """The signed part is a struct of its own here; on the wire that makes no difference."""

    signed: KeyMaterialRequestTBS
    key_material_request_signature: opaque
    ENVELOPE = "signed"


# enum { success(0), partialSuccess(1), incompatibleProtocol(2), noCompatibleMaterial(3), userUnknown(4), noConsent(5),
#        noConsentForThisRoom(6), userDeleted(7), (255) } KeyMaterialUserCode;
class KeyMaterialUserCode(Enum8):
    success = 0
    partial_success = 1
    incompatible_protocol = 2
    no_compatible_material = 3
    user_unknown = 4
    no_consent = 5
    no_consent_for_this_room = 6
    user_deleted = 7


# enum { success(0), keyMaterialExhausted(1), nothingCompatible(2), (255) } KeyMaterialClientCode;
class KeyMaterialClientCode(Enum8):
    success = 0
    key_material_exhausted = 1
    nothing_compatible = 2


# case nothingCompatible:
#     optional<Capabilities> clientCapabilities;
@struct
class ClientCapabilities:
    client_capabilities: Capabilities | None


# struct {
#     KeyMaterialClientCode clientStatus;
#     IdentifierUri clientUri;
#     select (clientStatus) {
#         case success:              KeyPackage keyPackage;
#         case keyMaterialExhausted: struct {};
#         case nothingCompatible:    optional<Capabilities> clientCapabilities;
#     };
# } ClientKeyMaterial;                                                       /* mls10 */
@struct
class ClientKeyMaterial:
    client_status: KeyMaterialClientCode
    client_uri: IdentifierUri
    key_package: Annotated[KeyPackage | None, When("client_status", KeyMaterialClientCode.success)] = None
    capabilities: Annotated[
        ClientCapabilities | None, When("client_status", KeyMaterialClientCode.nothing_compatible)
    ] = None


# struct {
#     Protocol protocol;
#     KeyMaterialUserCode userStatus;
#     IdentifierUri userUri;
#     ClientKeyMaterial clients<V>;
# } KeyMaterialResponse;
@struct
class KeyMaterialResponse:
    """`protocol` is that of the request, be it known or not."""

    protocol: uint8
    user_status: KeyMaterialUserCode
    user_uri: IdentifierUri
    clients: tuple[ClientKeyMaterial, ...]
