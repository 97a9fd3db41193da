"""The nodes of a ratchet tree on the wire, and what their hashes cover (RFC 9420 7.1, 7.8, 7.9, 12.4.3.3)."""

from typing import Annotated, TypeAlias

from simulator.codec import UNBOUNDED, Enum8, Tagged, codec, opaque, struct, uint32
from simulator.mls.tree.leaf_node import LeafNode


# RFC 9420 7.8
# enum {
#     reserved(0),
#     leaf(1),
#     parent(2),
#     (255)
# } NodeType;
class NodeType(Enum8):
    leaf = 1
    parent = 2


# RFC 9420 7.1
# struct {
#     HPKEPublicKey encryption_key;
#     opaque parent_hash<V>;
#     uint32 unmerged_leaves<V>;
# } ParentNode;
@struct
class ParentNode:
    encryption_key: opaque
    parent_hash: opaque
    unmerged_leaves: tuple[uint32, ...]


# RFC 9420 12.4.3.3
# struct {
#     NodeType node_type;
#     select (Node.node_type) {
#         case leaf:   LeafNode leaf_node;
#         case parent: ParentNode parent_node;
#     };
# } Node;
Node: TypeAlias = Annotated[
    LeafNode | ParentNode, Tagged(NodeType, {NodeType.leaf: LeafNode, NodeType.parent: ParentNode})
]


# RFC 9420 12.4.3.3
# optional<Node> ratchet_tree<V>;
RatchetTreeNodes: TypeAlias = tuple[Node | None, ...]

_NODE = codec(Node | None)


def encode_node(node: Node | None) -> bytes:
    """One node of a ratchet_tree extension."""
    return _NODE.encode(node)


def decode_nodes(data: bytes) -> RatchetTreeNodes:
    """All nodes of a ratchet_tree extension that is trusted, without its length. Raises DecodeError."""
    nodes, place = [], 0
    while place < len(data):
        node, place = _NODE.decode_prefix(data, place, UNBOUNDED)
        nodes.append(node)
    return tuple(nodes)


# RFC 9420 7.8
# struct {
#     uint32 leaf_index;
#     optional<LeafNode> leaf_node;
# } LeafNodeHashInput;
@struct
class LeafNodeHashInput:
    leaf_index: uint32
    leaf_node: LeafNode | None


# RFC 9420 7.8
# struct {
#     optional<ParentNode> parent_node;
#     opaque left_hash<V>;
#     opaque right_hash<V>;
# } ParentNodeHashInput;
@struct
class ParentNodeHashInput:
    parent_node: ParentNode | None
    left_hash: opaque
    right_hash: opaque


# RFC 9420 7.8
# struct {
#     NodeType node_type;
#     select (TreeHashInput.node_type) {
#         case leaf:   LeafNodeHashInput leaf_node;
#         case parent: ParentNodeHashInput parent_node;
#     };
# } TreeHashInput;
TreeHashInput: TypeAlias = Annotated[
    LeafNodeHashInput | ParentNodeHashInput,
    Tagged(NodeType, {NodeType.leaf: LeafNodeHashInput, NodeType.parent: ParentNodeHashInput}),
]


# RFC 9420 7.9
# struct {
#     HPKEPublicKey encryption_key;
#     opaque parent_hash<V>;
#     opaque original_sibling_tree_hash<V>;
# } ParentHashInput;
@struct
class ParentHashInput:
    encryption_key: opaque
    parent_hash: opaque
    original_sibling_tree_hash: opaque
