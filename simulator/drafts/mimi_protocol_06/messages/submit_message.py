"""An application message from its sender's provider to the hub, and its answer ([P] 5.4)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, struct, uint64
from simulator.drafts.mimi_protocol_06.messages.common import AcceptedMessage, IdentifierUri, Protocol
from simulator.mls.framing.message import MLSMessage


# struct {
#     Protocol protocol;
#     select (protocol) { case mls10: MLSMessage appMessage; IdentifierUri sendingUri; };
# } SubmitMessageRequest;
@struct
class SubmitMessageRequest:
    protocol: Protocol
    app_message: MLSMessage
    sending_uri: IdentifierUri


# enum { accepted(0), notAllowed(1), epochTooOld(2), (255) } SubmitResponseCode;
class SubmitResponseCode(Enum8):
    accepted = 0
    not_allowed = 1
    epoch_too_old = 2


# case notAllowed:
#     struct {};
@struct
class SubmitNotAllowed:
    pass


# case epochTooOld:
#     uint64 currentEpoch;
@struct
class EpochTooOld:
    current_epoch: uint64


# SubmitResponseCode statusCode;
# select (statusCode) {
#     case accepted: uint64 accepted_timestamp; optional<Frank> frank;
#     ...the cases above
# };
SubmitResponseBody: TypeAlias = Annotated[
    AcceptedMessage | SubmitNotAllowed | EpochTooOld,
    Tagged(
        SubmitResponseCode,
        {
            SubmitResponseCode.accepted: AcceptedMessage,
            SubmitResponseCode.not_allowed: SubmitNotAllowed,
            SubmitResponseCode.epoch_too_old: EpochTooOld,
        },
    ),
]


# struct {
#     Protocol protocol;
#     select (protocol) { case mls10: SubmitResponseCode statusCode; select (statusCode) { ... }; };
# } SubmitMessageResponse;
@struct
class SubmitMessageResponse:
    protocol: Protocol
    body: SubmitResponseBody
