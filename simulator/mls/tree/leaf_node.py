"""The leaf of a ratchet tree: one client as the group sees it (RFC 9420 7.2)."""

from typing import Annotated, TypeAlias

from simulator.codec import Enum8, Enum16, Tagged, When, opaque, struct, uint16, uint32, uint64
from simulator.mls.extensions.extension import Extension
from simulator.mls.tree.credential import Credential


# RFC 9420 6
# enum {
#     reserved(0),
#     mls10(1),
#     (65535)
# } ProtocolVersion;
class ProtocolVersion(Enum16):
    mls10 = 1


# RFC 9420 7.2
# enum {
#     reserved(0),
#     key_package(1),
#     update(2),
#     commit(3),
#     (255)
# } LeafNodeSource;
class LeafNodeSourceType(Enum8):
    key_package = 1
    update = 2
    commit = 3


# RFC 9420 7.2
# struct {
#     ProtocolVersion versions<V>;
#     CipherSuite cipher_suites<V>;
#     ExtensionType extensions<V>;
#     ProposalType proposals<V>;
#     CredentialType credentials<V>;
# } Capabilities;
@struct
class Capabilities:
    """All five lists are open: unknown values are kept and ignored."""

    versions: tuple[uint16, ...]
    cipher_suites: tuple[uint16, ...]
    extensions: tuple[uint16, ...]
    proposals: tuple[uint16, ...]
    credentials: tuple[uint16, ...]


# RFC 9420 7.2
# struct {
#     uint64 not_before;
#     uint64 not_after;
# } Lifetime;
@struct
class Lifetime:
    """Both ends in seconds since 1970-01-01T00:00:00Z, both inclusive."""

    not_before: uint64
    not_after: uint64


# RFC 9420 7.2
# case key_package:
#     Lifetime lifetime;
@struct
class KeyPackageSource:
    lifetime: Lifetime


# RFC 9420 7.2
# case update:
#     struct{};
@struct
class UpdateSource:
    pass


# RFC 9420 7.2
# case commit:
#     opaque parent_hash<V>;
@struct
class CommitSource:
    parent_hash: opaque


LeafNodeSource: TypeAlias = Annotated[
    KeyPackageSource | UpdateSource | CommitSource,
    Tagged(
        LeafNodeSourceType,
        {
            LeafNodeSourceType.key_package: KeyPackageSource,
            LeafNodeSourceType.update: UpdateSource,
            LeafNodeSourceType.commit: CommitSource,
        },
    ),
]


# RFC 9420 7.2
# struct {
#     HPKEPublicKey encryption_key;
#     SignaturePublicKey signature_key;
#     Credential credential;
#     Capabilities capabilities;
#     LeafNodeSource leaf_node_source;
#     select (LeafNode.leaf_node_source) {
#         case key_package:
#             Lifetime lifetime;
#         case update:
#             struct{};
#         case commit:
#             opaque parent_hash<V>;
#     };
#     Extension extensions<V>;
#     /* SignWithLabel(., "LeafNodeTBS", LeafNodeTBS) */
#     opaque signature<V>;
# } LeafNode;
@struct
class LeafNode:
    encryption_key: opaque
    signature_key: opaque
    credential: Credential
    capabilities: Capabilities
    source: LeafNodeSource
    extensions: tuple[Extension, ...]
    signature: opaque


# RFC 9420 7.2
# case update, case commit:
#     opaque group_id<V>;
#     uint32 leaf_index;
@struct
class LeafPlace:
    """Where a leaf of source `update` or `commit` belongs; its signature covers this."""

    group_id: opaque
    leaf_index: uint32


# RFC 9420 7.2
# struct {
#     HPKEPublicKey encryption_key;
#     SignaturePublicKey signature_key;
#     Credential credential;
#     Capabilities capabilities;
#     LeafNodeSource leaf_node_source;
#     select (LeafNodeTBS.leaf_node_source) {
#         case key_package:
#             Lifetime lifetime;
#         case update:
#             struct{};
#         case commit:
#             opaque parent_hash<V>;
#     };
#     Extension extensions<V>;
#     select (LeafNodeTBS.leaf_node_source) {
#         case key_package:
#             struct{};
#         case update:
#             opaque group_id<V>;
#             uint32 leaf_index;
#         case commit:
#             opaque group_id<V>;
#             uint32 leaf_index;
#     };
# } LeafNodeTBS;
@struct
class LeafNodeTBS:
    encryption_key: opaque
    signature_key: opaque
    credential: Credential
    capabilities: Capabilities
    source: LeafNodeSource
    extensions: tuple[Extension, ...]
    place: Annotated[LeafPlace | None, When("source", UpdateSource, CommitSource)]
