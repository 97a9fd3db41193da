"""What all members agree on in one epoch (RFC 9420 8.1)."""

from simulator.codec import opaque, struct, uint16, uint64
from simulator.mls.extensions.extension import Extension


# RFC 9420 8.1
# struct {
#     ProtocolVersion version = mls10;
#     CipherSuite cipher_suite;
#     opaque group_id<V>;
#     uint64 epoch;
#     opaque tree_hash<V>;
#     opaque confirmed_transcript_hash<V>;
#     Extension extensions<V>;
# } GroupContext;
@struct
class GroupContext:
    version: uint16
    cipher_suite: uint16
    group_id: opaque
    epoch: uint64
    tree_hash: opaque
    confirmed_transcript_hash: opaque
    extensions: tuple[Extension, ...]
