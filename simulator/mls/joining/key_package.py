"""What a client publishes so that others can add it (RFC 9420 10)."""

from simulator.codec import opaque, struct, uint16
from simulator.mls.extensions.extension import Extension
from simulator.mls.tree.leaf_node import LeafNode


# RFC 9420 10
# struct {
#     ProtocolVersion version;
#     CipherSuite cipher_suite;
#     HPKEPublicKey init_key;
#     LeafNode leaf_node;
#     Extension extensions<V>;
#     /* SignWithLabel(., "KeyPackageTBS", KeyPackageTBS) */
#     opaque signature<V>;
# } KeyPackage;
@struct
class KeyPackage:
    version: uint16
    cipher_suite: uint16
    init_key: opaque
    leaf_node: LeafNode
    extensions: tuple[Extension, ...]
    signature: opaque


# RFC 9420 10
# struct {
#     ProtocolVersion version;
#     CipherSuite cipher_suite;
#     HPKEPublicKey init_key;
#     LeafNode leaf_node;
#     Extension extensions<V>;
# } KeyPackageTBS;
@struct
class KeyPackageTBS:
    version: uint16
    cipher_suite: uint16
    init_key: opaque
    leaf_node: LeafNode
    extensions: tuple[Extension, ...]
