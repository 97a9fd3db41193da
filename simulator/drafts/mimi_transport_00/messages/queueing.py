"""Fan-out from the owning provider to a guest's queues (PROTOCOL.md section 5)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Repeated, Tagged, opaque, struct, uint16, utf8
from simulator.drafts.mimi_transport_00.messages.common import MIMIError, ResponseType
from simulator.mls.framing.message import MLSMessage


# enum { client_identifier(0), (255) } FanoutRecipientType;
class FanoutRecipientType(Enum8):
    client_identifier = 0


# struct { FanoutRecipientType type; ClientID client_id; } FanoutRecipient;
@struct
class FanoutRecipient:
    type: FanoutRecipientType
    client_id: utf8


# enum { qs_deliver_message(0), qs_connection_request(1), (255) } QSRequestType;
class QSRequestType(Enum8):
    qs_deliver_message = 0
    qs_connection_request = 1


QUEUEING_SERVICE_LABEL = "QueueingServiceRequestTBS"


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; QSRequestType request_type;
#          FanoutRecipient recipients<V>; GroupID group_id; MLSMessage message; } QueueingServiceRequestTBS;
@struct
class QueueingServiceRequestTBS:
    version: uint16
    sender: utf8
    recipient: utf8
    request_type: QSRequestType
    recipients: Annotated[tuple[FanoutRecipient, ...], Repeated()]
    group_id: opaque
    message: MLSMessage


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; QSRequestType request_type;
#          FanoutRecipient recipients<V>; GroupID group_id; MLSMessage message; opaque signature<V>;
#        } QueueingServiceRequest;
@struct
class QueueingServiceRequest:
    """The signed part is a struct of its own here; on the wire that makes no difference."""

    signed: QueueingServiceRequestTBS
    signature: opaque
    ENVELOPE = "signed"


# case ok:
#     ClientID unknown_clients<V>;
@struct
class UnknownClients:
    unknown_clients: tuple[utf8, ...]


QueueingServiceResponseBody: TypeAlias = Annotated[
    UnknownClients | MIMIError,
    Tagged(ResponseType, {ResponseType.ok: UnknownClients, ResponseType.error: MIMIError}),
]


# struct { ProtocolVersion version; uint8 response_type;      /* ok(0), error(1) */
#          select (response_type) { case ok: ClientID unknown_clients<V>; case error: MIMIError error; };
#        } QueueingServiceResponse;
@struct
class QueueingServiceResponse:
    version: uint16
    body: QueueingServiceResponseBody
