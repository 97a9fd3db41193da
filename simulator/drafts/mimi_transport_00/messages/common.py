"""What several messages share: versions and the error arm (PROTOCOL.md sections 3 and 6)."""

from typing import Annotated

from simulator.codec import Enum8, Enum16, When, struct, uint16, uint64, utf8

# uint16 ProtocolVersion;            /* reserved(0), mimi10(1) */
#
# Decoded as any uint16 and checked afterwards, so that an unknown version is told apart from a malformed request.
MIMI10 = 1


# struct { ProtocolVersion version; FQDN sender; FQDN recipient; ... };
@struct
class Head:
    """What every request begins with."""

    version: uint16
    sender: utf8
    recipient: utf8


# uint8 response_type;               /* ok(0), error(1) */
class ResponseType(Enum8):
    ok = 0
    error = 1


# uint16 code;
class ErrorCode(Enum16):
    malformed = 1
    unsupported_version = 2
    unsupported_operation = 3
    wrong_recipient = 4
    invalid_signature = 5
    unknown_group = 6
    not_a_member = 7
    not_authorized = 8
    wrong_epoch = 9
    invalid_commit = 10
    invalid_proposal = 11
    invalid_welcome = 12
    invalid_group_info = 13
    invalid_leaf_node = 14
    invalid_group_id = 15
    unknown_user = 16
    key_packages_exhausted = 17
    rate_limited = 18
    sender_unverifiable = 19
    internal = 20
    token_required = 21
    invalid_token = 22
    token_spent = 23


# struct {
#     uint16 code;
#     opaque description<V>;
#     select (code) {
#         case wrong_epoch: uint64 current_epoch;
#         default:          struct {};
#     };
# } MIMIError;
@struct
class MIMIError:
    code: ErrorCode
    description: utf8
    current_epoch: Annotated[uint64 | None, When("code", ErrorCode.wrong_epoch)] = None


# ProtocolVersion version; uint8 response_type = error; MIMIError error;
@struct
class ErrorResponse:
    """The error arm that all responses share, byte for byte: a refusal needs no endpoint to be written or read."""

    version: uint16
    response_type: ResponseType
    error: MIMIError
