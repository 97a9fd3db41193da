"""UpdatePaths: fresh keys for a member and everything above it, told to exactly the others (RFC 9420 7.4 to 7.6).

A committer makes a `NewPath` and encrypts it once the new GroupContext is known. Everybody merges an UpdatePath into
the tree; members also open it. The order of a receiver: apply the proposals, `merge_update_path`, make the new
GroupContext from the merged tree, `open_update_path`.
"""

from collections.abc import Collection, Mapping
from dataclasses import field, replace

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import UpdatePath, UpdatePathNode
from simulator.mls.crypto.kem import KeyPair
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.long_work import STRIDE, Steps
from simulator.mls.tree import rules, tree_math
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.mls.tree.parent_hash import path_nodes
from simulator.mls.tree.ratchet_tree import PathStep, RatchetTree
from simulator.rules import check, refuse

_LABEL = "UpdatePathNode"


@dataclass(frozen=True, slots=True)
class PrivateTree:
    """The private keys that one member holds: node index -> HPKE private key. Its own leaf is always among them."""

    leaf_index: int
    keys: Mapping[int, bytes] = field(repr=False)

    @classmethod
    def of_leaf(cls, leaf_index: int, private: bytes) -> "PrivateTree":
        """What a member holds that knows no key but its own."""
        return cls(leaf_index, {2 * leaf_index: private})

    def with_leaf(self, private: bytes) -> "PrivateTree":
        """With another key for the own leaf: after a committed Update of one's own."""
        return PrivateTree(self.leaf_index, {**self.keys, 2 * self.leaf_index: private})

    def with_path_secret(self, tree: RatchetTree, sender: int, path_secret: bytes) -> tuple["PrivateTree", bytes]:
        """With the keys on the sender's path from the lowest node shared with it, whose path secret is given.

        `tree` is the one in which the path is merged. Returns the commit secret too. Keys of nodes that are blank in
        `tree` are forgotten, those of nodes on the path replaced. Raises InvalidUpdatePath (`path_key_mismatch`) if
        a key does not belong to the public key in the tree, or there is none (RFC 9420 7.5, 12.4.3.1).
        """
        shared = tree_math.common_ancestor(self.leaf_index, sender)
        keys = {node: key for node, key in self.keys.items() if tree.node(node) is not None}
        for step in tree.filtered_direct_path(sender):
            if tree_math.level(step.node) < tree_math.level(shared):
                continue
            pair = node_key_pair(tree.suite, path_secret)
            node = tree.node(step.node)
            fits = node is not None and pair.public == node.encryption_key
            check(rules.PATH_KEY, fits, f"the path secret does not yield the public key of node {step.node}")
            keys[step.node] = pair.private
            path_secret = next_path_secret(tree.suite, path_secret)
        return PrivateTree(self.leaf_index, keys), path_secret


def next_path_secret(suite: CipherSuite, path_secret: bytes) -> bytes:
    """path_secret[n + 1]; behind the last node of a path it is the commit secret (RFC 9420 7.4, 8)."""
    return suite.derive_secret(path_secret, "path")


def node_key_pair(suite: CipherSuite, path_secret: bytes) -> KeyPair:
    """The key pair of the node whose path secret this is (RFC 9420 7.4)."""
    return suite.derive_key_pair(suite.derive_secret(path_secret, "node"))


@dataclass(frozen=True, slots=True)
class NewPath:
    """An own path, merged into the tree, not told to anybody yet.

    `path_secrets` has one secret per node of `steps`, from the lowest up.
    """

    tree: RatchetTree
    private: PrivateTree
    leaf_node: LeafNode
    steps: tuple[PathStep, ...]
    path_secrets: tuple[bytes, ...] = field(repr=False)
    commit_secret: bytes = field(repr=False)

    def encrypt(self, context: GroupContext, new_leaves: Collection[int], rand: Rand) -> Steps[UpdatePath]:
        """The UpdatePath (RFC 9420 7.6); in steps, for it may have to be told to everybody by itself.

        `context` is the GroupContext of the new epoch with the confirmed transcript hash of the old one; `new_leaves`
        are the leaf indices that this Commit adds, who hear of the secrets by a Welcome.
        """
        encoded = encode(context)
        seal = self.tree.suite.encrypt_with_label
        nodes = []
        for step, path_secret in zip(self.steps, self.path_secrets, strict=True):
            sealed = []
            for number, target in enumerate(recipients(step, new_leaves), 1):
                sealed.append(seal(self.tree.encryption_key(target), _LABEL, encoded, path_secret, rand))
                if number % STRIDE == 0:
                    yield
            nodes.append(UpdatePathNode(self.tree.encryption_key(step.node), tuple(sealed)))
        return UpdatePath(self.leaf_node, tuple(nodes))

    def path_secret_for(self, leaf_index: int) -> bytes:
        """The path secret of the lowest node shared with another member, for its Welcome (RFC 9420 12.4.3.1)."""
        shared = tree_math.common_ancestor(self.private.leaf_index, leaf_index)
        return next(secret for step, secret in zip(self.steps, self.path_secrets, strict=True) if step.node == shared)


def new_path(
    tree: RatchetTree, leaf_index: int, leaf: LeafNode, signature_private: bytes, group_id: bytes, rand: Rand
) -> NewPath:
    """Fresh keys for a leaf and its path (RFC 9420 7.4, 7.5).

    `tree` has the proposals applied. `leaf` says what the new leaf holds besides its encryption key, source and
    signature, which are made here. For an external Commit `leaf_index` is the leftmost blank leaf, beyond the
    tree if that is full. The new `private` needs no older key: the path replaces everything above the leaf.
    """
    suite = tree.suite
    tree = tree.grown_for(leaf_index)
    steps = tree.filtered_direct_path(leaf_index)
    leaf_pair = suite.generate_hpke_key_pair(rand, "leaf_key")
    secrets = [rand("path_secret", suite.secret_size)]
    for _ in steps:
        secrets.append(next_path_secret(suite, secrets[-1]))
    commit_secret = secrets.pop()
    pairs = [node_key_pair(suite, secret) for secret in secrets]
    nodes, leaf_parent_hash = path_nodes(suite, steps, [pair.public for pair in pairs])
    unsigned = replace(leaf, encryption_key=leaf_pair.public, source=CommitSource(leaf_parent_hash))
    signed = sign_leaf_node(suite, signature_private, unsigned, LeafPlace(group_id, leaf_index))
    path_keys = {step.node: pair.private for step, pair in zip(steps, pairs, strict=True)}
    return NewPath(
        tree.with_path(leaf_index, signed, nodes),
        PrivateTree(leaf_index, {2 * leaf_index: leaf_pair.private, **path_keys}),
        signed,
        steps,
        tuple(secrets),
        commit_secret,
    )


def recipients(step: PathStep, new_leaves: Collection[int]) -> tuple[int, ...]:
    """The nodes whose keys a path secret is encrypted to, in order (RFC 9420 7.5): no new leaf is among them."""
    return tuple(node for node in step.copath.resolution if node % 2 == 1 or node // 2 not in new_leaves)


def merge_update_path(tree: RatchetTree, sender: int, path: UpdatePath, new_leaves: Collection[int]) -> RatchetTree:
    """The tree after an UpdatePath: all that can be checked without secrets (RFC 9420 7.5, 12.4.2).

    `tree` has the proposals applied; for an external Commit `sender` is its leftmost blank leaf. The leaf itself must
    be checked with `check_leaf_node`. Raises InvalidUpdatePath with one of the rules `path_length`,
    `path_ciphertext_count`, `leaf_key_unchanged`, `path_key_reused`, `leaf_source_not_commit`, `parent_hash_mismatch`.
    """
    tree = tree.grown_for(sender)
    steps = tree.filtered_direct_path(sender)
    words = f"the path has {len(path.nodes)} nodes where the tree asks for {len(steps)}"
    check(rules.PATH_LENGTH, len(path.nodes) == len(steps), words)
    for step, node in zip(steps, path.nodes, strict=True):
        wanted, got = len(recipients(step, new_leaves)), len(node.encrypted_path_secret)
        check(rules.CIPHERTEXTS, got == wanted, f"node {step.node} of the path has {got} ciphertexts, not {wanted}")
    _check_fresh_keys(tree, sender, path)
    nodes, leaf_parent_hash = path_nodes(tree.suite, steps, [node.encryption_key for node in path.nodes])
    source = path.leaf_node.source
    if not isinstance(source, CommitSource):
        refuse(rules.PATH_SOURCE, "the leaf of a path must be of source commit")
    fits = source.parent_hash == leaf_parent_hash
    check(rules.PATH_PARENT_HASH, fits, "the parent hash of the new leaf does not fit the path")
    return tree.with_path(sender, path.leaf_node, nodes)


def _check_fresh_keys(tree: RatchetTree, sender: int, path: UpdatePath) -> None:
    """No key of the path may be in the tree already, nor twice in the path (RFC 9420 12.4.2)."""
    changed = tree.node_with_key(path.leaf_node.encryption_key) != 2 * sender
    check(rules.LEAF_KEY_NEW, changed, "the leaf of the path has the same encryption key as before")
    keys = [path.leaf_node.encryption_key, *(node.encryption_key for node in path.nodes)]
    fresh = len(set(keys)) == len(keys) and all(tree.node_with_key(key) is None for key in keys)
    check(rules.PATH_KEYS_NEW, fresh, "an encryption key of the path is in the tree already")


def open_update_path(
    tree: RatchetTree,
    sender: int,
    path: UpdatePath,
    private: PrivateTree,
    context: GroupContext,
    new_leaves: Collection[int],
) -> tuple[PrivateTree, bytes]:
    """The receiver's new private keys and the commit secret (RFC 9420 7.5).

    `tree` is what `merge_update_path` returned: the copath of the sender is the same before and after. `context` is
    the GroupContext of the new epoch with the confirmed transcript hash of the old one. Raises DecryptionError
    (`no_path_ciphertext` if none is for this member), InvalidKey or InvalidUpdatePath (`path_key_mismatch`).
    """
    shared = tree_math.common_ancestor(private.leaf_index, sender)
    ours = [
        (private.keys[target], ciphertext)
        for step, node in zip(tree.filtered_direct_path(sender), path.nodes, strict=True)
        if step.node == shared
        # Whether they are as many, has been checked by whoever keeps that rule.
        for target, ciphertext in zip(recipients(step, new_leaves), node.encrypted_path_secret, strict=False)
        if target in private.keys
    ]
    if not ours:
        refuse(rules.PATH_CIPHERTEXT, f"nothing in the path is encrypted to leaf {private.leaf_index}")
    key, ciphertext = ours[0]
    secret = tree.suite.decrypt_with_label(key, _LABEL, encode(context), ciphertext)
    return private.with_path_secret(tree, sender, secret)
