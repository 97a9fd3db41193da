"""Clients with keys, leaves and trees to try the lower half of MLS on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from simulator.codec import encode
from simulator.mls.crypto import CipherSuite, KeyPair, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Capabilities, KeyPackageSource, LeafNode, LeafPlace, Lifetime
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.mls.tree.node import ParentNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import NewPath, PrivateTree, new_path

SUITE = cipher_suite(1)
GROUP = b"group"
NOW = 1_800_000_000


@dataclass
class Client:
    """A client with its keys and the leaf that its KeyPackage would hold."""

    name: str
    suite: CipherSuite
    encryption: KeyPair
    signature: KeyPair
    leaf: LeafNode

    def resigned(self, place: LeafPlace | None = None, **changes: Any) -> LeafNode:
        """The leaf with other fields and a signature that covers them."""
        return sign_leaf_node(self.suite, self.signature.private, replace(self.leaf, **changes), place)

    def key_package(self, **changes: Any) -> KeyPackage:
        """A KeyPackage with other fields and a signature that covers them."""
        init = self.suite.generate_hpke_key_pair(SeededRand(2, self.name), "init_key")
        made = replace(KeyPackage(1, self.suite.value, init.public, self.leaf, (), b""), **changes)
        signature = self.suite.sign_with_label(self.signature.private, "KeyPackageTBS", key_package_tbs(made))
        return replace(made, signature=signature)


def client(name: str, suite: CipherSuite = SUITE) -> Client:
    """A client whose keys follow from its name."""
    rand = SeededRand(1, name)
    encryption = suite.generate_hpke_key_pair(rand, "leaf_key")
    signature = suite.generate_signature_key_pair(rand)
    leaf = LeafNode(
        encryption.public,
        signature.public,
        BasicCredential(name.encode()),
        Capabilities((1,), (suite.value,), (), (), (1,)),
        KeyPackageSource(Lifetime(NOW - 3600, NOW + 3600)),
        (),
        b"",
    )
    return Client(name, suite, encryption, signature, sign_leaf_node(suite, signature.private, leaf, None))


def clients(count: int, suite: CipherSuite = SUITE) -> list[Client]:
    """Clients with different names."""
    return [client(f"client {number}", suite) for number in range(count)]


def tree_of(members: Sequence[Client]) -> RatchetTree:
    """A tree of these members, in order, without any parent keys."""
    tree = RatchetTree.of_one(members[0].suite, members[0].leaf)
    for member in members[1:]:
        tree, _ = tree.add(member.leaf)
    return tree


def committed(
    tree: RatchetTree, members: Sequence[Client], who: Iterable[int]
) -> tuple[RatchetTree, dict[int, NewPath]]:
    """The tree after these leaves have each made a path, one after the other, and the paths."""
    paths = {}
    for leaf_index in who:
        leaf = tree.leaf(leaf_index)
        assert leaf is not None
        rand = SeededRand(3, f"path {leaf_index}")
        paths[leaf_index] = new_path(tree, leaf_index, leaf, members[leaf_index].signature.private, GROUP, rand)
        tree = paths[leaf_index].tree
    return tree, paths


def context_of(tree: RatchetTree, epoch: int = 1) -> GroupContext:
    """A GroupContext that fits the tree."""
    return GroupContext(1, tree.suite.value, GROUP, epoch, tree.tree_hash, b"confirmed", ())


def private_of(member: Client, leaf_index: int) -> PrivateTree:
    """What a member holds that has just been added."""
    return PrivateTree.of_leaf(leaf_index, member.encryption.private)


def with_parent(tree: RatchetTree, node: int, **changes: Any) -> RatchetTree:
    """The tree as somebody dishonest would send it: one parent has other fields."""
    nodes = list(tree.nodes())
    old = nodes[node]
    assert isinstance(old, ParentNode)
    nodes[node] = replace(old, **changes)
    return RatchetTree.from_nodes(tree.suite, tuple(nodes))


def encoded(tree: RatchetTree) -> list[bytes | None]:
    """All nodes as bytes, to compare trees by."""
    return [None if node is None else encode(node) for node in tree.nodes()]
