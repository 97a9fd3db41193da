"""Parent hashes: the proof, chained from a leaf up, of who has set which keys (RFC 9420 7.9)."""

from collections.abc import Sequence

from simulator.codec import encode
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.tree.node import ParentHashInput, ParentNode
from simulator.mls.tree.ratchet_tree import PathStep


def parent_hash(suite: CipherSuite, parent: ParentNode, sibling_tree_hash: bytes) -> bytes:
    """The parent hash of `parent` with the copath child whose original tree hash is given."""
    return suite.hash(encode(ParentHashInput(parent.encryption_key, parent.parent_hash, sibling_tree_hash)))


def path_nodes(
    suite: CipherSuite, steps: Sequence[PathStep], encryption_keys: Sequence[bytes]
) -> tuple[dict[int, ParentNode], bytes]:
    """The parents that an UpdatePath with these keys sets, and the parent hash for its leaf (RFC 9420 7.5).

    `steps` is the filtered direct path, from the lowest node up, with one key for each.
    """
    nodes: dict[int, ParentNode] = {}
    above = b""
    for step, key in zip(reversed(steps), reversed(encryption_keys), strict=True):
        node = ParentNode(key, above, ())
        nodes[step.node] = node
        above = parent_hash(suite, node, step.copath.tree_hash)
    return nodes, above
