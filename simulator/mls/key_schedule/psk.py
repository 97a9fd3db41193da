"""Pre-shared keys: how they are named and how they enter the key schedule (RFC 9420 8.4)."""

from collections.abc import Sequence
from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Tagged, encode, opaque, struct, uint16, uint64
from simulator.mls.crypto.suite import CipherSuite


# RFC 9420 8.4
# enum {
#     reserved(0),
#     external(1),
#     resumption(2),
#     (255)
# } PSKType;
class PSKType(Enum8):
    external = 1
    resumption = 2


# RFC 9420 8.4
# enum {
#     reserved(0),
#     application(1),
#     reinit(2),
#     branch(3),
#     (255)
# } ResumptionPSKUsage;
class ResumptionPSKUsage(Enum8):
    application = 1
    reinit = 2
    branch = 3


# RFC 9420 8.4
# case external:
#     opaque psk_id<V>;
@struct
class ExternalPSK:
    psk_id: opaque


# RFC 9420 8.4
# case resumption:
#     ResumptionPSKUsage usage;
#     opaque psk_group_id<V>;
#     uint64 psk_epoch;
@struct
class ResumptionPSK:
    usage: ResumptionPSKUsage
    psk_group_id: opaque
    psk_epoch: uint64


PSKSource: TypeAlias = Annotated[
    ExternalPSK | ResumptionPSK,
    Tagged(PSKType, {PSKType.external: ExternalPSK, PSKType.resumption: ResumptionPSK}),
]


# RFC 9420 8.4
# struct {
#     PSKType psktype;
#     select (PreSharedKeyID.psktype) {
#         case external:
#             opaque psk_id<V>;
#         case resumption:
#             ResumptionPSKUsage usage;
#             opaque psk_group_id<V>;
#             uint64 psk_epoch;
#     };
#     opaque psk_nonce<V>;
# } PreSharedKeyID;
@struct
class PreSharedKeyID:
    source: PSKSource
    psk_nonce: opaque


# RFC 9420 8.4
# struct {
#     PreSharedKeyID id;
#     uint16 index;
#     uint16 count;
# } PSKLabel;
@struct
class PSKLabel:
    id: PreSharedKeyID
    index: uint16
    count: uint16


def psk_secret(suite: CipherSuite, psks: Sequence[tuple[PreSharedKeyID, bytes]]) -> bytes:
    """What all PSKs of a Commit or Welcome, in their order, put into the key schedule (RFC 9420 8.4).

    Without any it is all zero.
    """
    secret = suite.zero
    for index, (identifier, psk) in enumerate(psks):
        label = encode(PSKLabel(identifier, index, len(psks)))
        extracted = suite.kdf.extract(suite.zero, psk)
        secret = suite.kdf.extract(suite.expand_with_label(extracted, "derived psk", label, suite.secret_size), secret)
    return secret
