"""Paths of a commit that do not fit the tree, or the leaf in them: what the hub of a group can tell without secrets."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from simulator.clients.adversary.crafting import Tampering, spoiled_update
from simulator.clients.adversary.flaws import spoiler
from simulator.clients.client_state import ClientState
from simulator.clients.operations.operation import Prepared
from simulator.dataclass import dataclass
from simulator.mls.commits.commit import UpdatePath, UpdatePathNode
from simulator.mls.commits.epoch_change import EpochChange
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace, UpdateSource
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.rules import KEEPS_NOTHING, enforced_by

Spoil = Callable[[UpdatePath, EpochChange, ClientState], UpdatePath | None]


@dataclass(frozen=True, slots=True)
class OddPath:
    """A renewal of the own leaf with a path that has a flaw, one of `FLAWS`. The group is named by its URI."""

    group: str
    flaw: str

    async def prepare(self, state: ClientState) -> Prepared:
        """Spoil it. Raises Misuse for an unknown flaw."""
        spoil = spoiler(FLAWS, self.flaw, "path")
        with enforced_by(KEEPS_NOTHING):
            return spoiled_update(state, self.group, Tampering(path=lambda path, change: spoil(path, change, state)))


def no_path(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath | None:
    """The commit has no path, though it has no proposals either."""
    return None


def junk_path_key(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """A key of the path is no key of the cipher suite."""
    return _with_key(path, bytes(state.suite.kem.public_size))


def path_key_in_tree(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """A key of the path is another member's."""
    other = next(leaf for index, leaf in change.applied.tree.leaves() if index != change.committer)
    return _with_key(path, other.encryption_key)


def few_ciphertexts(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """A path secret is encrypted to fewer nodes than it has to be."""
    first, *rest = path.nodes
    return replace(path, nodes=(replace(first, encrypted_path_secret=first.encrypted_path_secret[1:]), *rest))


def short_path(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """The path is shorter than the way to the root."""
    return replace(path, nodes=path.nodes[1:])


def same_leaf_key(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """The leaf has the same encryption key as before."""
    before = change.applied.tree.leaf(change.committer)
    key = path.leaf_node.encryption_key if before is None else before.encryption_key
    return _with_leaf(path, change, state, replace(path.leaf_node, encryption_key=key))


def other_parent_hash(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """The leaf has another parent hash than the path."""
    source = CommitSource(bytes(state.suite.kdf.size))
    return _with_leaf(path, change, state, replace(path.leaf_node, source=source))


def leaf_of_an_update(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """The leaf is one that could be proposed, not one of a path."""
    return _with_leaf(path, change, state, replace(path.leaf_node, source=UpdateSource()))


def bad_leaf(path: UpdatePath, change: EpochChange, state: ClientState) -> UpdatePath:
    """The leaf is signed for another place than its own."""
    place = LeafPlace(b"elsewhere", change.committer)
    signed = sign_leaf_node(state.suite, state.identity.signature_private_key, path.leaf_node, place)
    return replace(path, leaf_node=signed)


FLAWS: Mapping[str, Spoil] = {
    spoil.__name__: spoil
    for spoil in (
        no_path,
        junk_path_key,
        path_key_in_tree,
        few_ciphertexts,
        short_path,
        same_leaf_key,
        other_parent_hash,
        leaf_of_an_update,
        bad_leaf,
    )
}
"""What can be wrong with a path, by name; the docstring is the meaning."""


def _with_key(path: UpdatePath, key: bytes) -> UpdatePath:
    first, *rest = path.nodes
    return replace(path, nodes=(UpdatePathNode(key, first.encrypted_path_secret), *rest))


def _with_leaf(path: UpdatePath, change: EpochChange, state: ClientState, unsigned: LeafNode) -> UpdatePath:
    place = LeafPlace(change.before.group_id, change.committer)
    signed = sign_leaf_node(state.suite, state.identity.signature_private_key, unsigned, place)
    return replace(path, leaf_node=signed)
