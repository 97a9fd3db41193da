"""Fetching KeyPackages from the provider of the user one wants to reach (PROTOCOL.md section 5)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, opaque, struct, uint16, utf8
from simulator.drafts.mimi_transport_00.messages.common import MIMIError, ResponseType
from simulator.mls.joining.key_package import KeyPackage

CONNECTION_KEY_PACKAGE_LABEL = "ConnectionKeyPackageRequestTBS"
GROUP_KEY_PACKAGE_LABEL = "GroupKeyPackageRequestTBS"


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; UserID requester; UserID target;
#        } ConnectionKeyPackageRequestTBS;
@struct
class ConnectionKeyPackageRequestTBS:
    version: uint16
    sender: utf8
    recipient: utf8
    requester: utf8
    target: utf8


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; UserID requester; UserID target;
#          opaque signature<V>; } ConnectionKeyPackageRequest;
@struct
class ConnectionKeyPackageRequest:
    signed: ConnectionKeyPackageRequestTBS
    signature: opaque
    ENVELOPE = "signed"


# enum { user(0), clients(1), (255) } KeyPackageTargetType;
class KeyPackageTargetType(Enum8):
    user = 0
    clients = 1


# case user:
#     UserID user;
@struct
class UserTarget:
    user: utf8


# case clients:
#     ClientID clients<V>;
@struct
class ClientsTarget:
    clients: tuple[utf8, ...]


KeyPackageTarget: TypeAlias = Annotated[
    UserTarget | ClientsTarget,
    Tagged(
        KeyPackageTargetType,
        {KeyPackageTargetType.user: UserTarget, KeyPackageTargetType.clients: ClientsTarget},
    ),
]


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; UserID requester; KeyPackageTargetType type;
#          select (type) { case user: UserID user; case clients: ClientID clients<V>; };
#        } GroupKeyPackageRequestTBS;
@struct
class GroupKeyPackageRequestTBS:
    version: uint16
    sender: utf8
    recipient: utf8
    requester: utf8
    target: KeyPackageTarget


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; UserID requester; KeyPackageTargetType type;
#          select (type) { case user: UserID user; case clients: ClientID clients<V>; };
#          opaque signature<V>; } GroupKeyPackageRequest;
@struct
class GroupKeyPackageRequest:
    signed: GroupKeyPackageRequestTBS
    signature: opaque
    ENVELOPE = "signed"


# case ok:
#     KeyPackage key_packages<V>;
@struct
class KeyPackages:
    key_packages: tuple[KeyPackage, ...]


KeyPackageResponseBody: TypeAlias = Annotated[
    KeyPackages | MIMIError,
    Tagged(ResponseType, {ResponseType.ok: KeyPackages, ResponseType.error: MIMIError}),
]


# struct { ProtocolVersion version; uint8 response_type;
#          select (response_type) { case ok: KeyPackage key_packages<V>; case error: MIMIError error; };
#        } ConnectionKeyPackageResponse, GroupKeyPackageResponse;
@struct
class ConnectionKeyPackageResponse:
    version: uint16
    body: KeyPackageResponseBody


@struct
class GroupKeyPackageResponse:
    version: uint16
    body: KeyPackageResponseBody
