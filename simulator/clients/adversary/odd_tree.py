"""Ratchet trees that break a rule for trees, each with a GroupInfo that a member has signed for it: neither the tree
hash nor the signature shows it to whoever joins by them (RFC 9420 7, 12.4.3.1, 12.4.3.3).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from simulator.clients.adversary.flaws import NOTHING, spoiler
from simulator.clients.client_state import ClientState
from simulator.dataclass import dataclass
from simulator.errors import Misuse
from simulator.mls.group import Group
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree import tree_math
from simulator.mls.tree.credential import Certificate, CredentialType, X509Credential
from simulator.mls.tree.leaf_node import CommitSource, LeafNode, LeafPlace
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.mls.tree.node import ParentNode, RatchetTreeNodes
from simulator.mls.tree.parent_hash import parent_hash
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.subtree import hash_without
from simulator.rules import KEEPS_NOTHING, enforced_by

Spoil = Callable[[ClientState, Group], RatchetTreeNodes]


@dataclass(frozen=True, slots=True)
class OddTree:
    """A ratchet tree, and the GroupInfo that has its hash."""

    nodes: RatchetTreeNodes
    group_info: GroupInfo


def odd_tree(state: ClientState, uri: str, flaw: str) -> OddTree:
    """The tree of the member's group `uri` with a flaw, one of `FLAWS`; without one it is as it should be.

    Raises NotAMember, and Misuse for an unknown flaw or one that this tree can't have.
    """
    group = state.group(uri)
    with enforced_by(KEEPS_NOTHING):
        nodes = group.public.ratchet_tree()
        if flaw != NOTHING:
            nodes = spoiler(FLAWS, flaw, "ratchet tree")(state, group)
        tree_hash = RatchetTree.from_nodes(group.public.suite, nodes).tree_hash
    info = group.group_info()
    info = replace(info, group_context=replace(info.group_context, tree_hash=tree_hash))
    signature = group.identity.sign(group.public.suite, "GroupInfoTBS", group_info_tbs(info))
    return OddTree(nodes, replace(info, signature=signature))


def blank_at_the_end(state: ClientState, group: Group) -> RatchetTreeNodes:
    """The ratchet tree ends with a blank node."""
    return (*group.public.ratchet_tree(), None)


def parent_of_nobody(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A parent has a key that no parent hash below it speaks of."""
    nodes = list(group.public.ratchet_tree())
    nodes[tree_math.root(group.public.tree.leaf_count)] = ParentNode(_fresh_key(state), b"", ())
    return tuple(nodes)


def parent_with_leaf_key(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A parent has the encryption key of a member's leaf."""
    (_, leaf), *_ = _others(group)
    return _committed(state, group, top_key=leaf.encryption_key)


def strange_credential(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A member has a credential of a type that the others do not support."""

    def change(leaf: LeafNode) -> LeafNode:
        credential = X509Credential((Certificate(state.uri.encode()),))
        return replace(leaf, credential=credential, capabilities=replace(leaf.capabilities, credentials=_ALL_TYPES))

    return _committed(state, group, change=change)


def unmerged_backwards(state: ClientState, group: Group) -> RatchetTreeNodes:
    """The unmerged leaves of a parent are in decreasing order."""
    return _committed(state, group, unmerged=[index for index, _ in reversed(_others(group))])


def unmerged_blank(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A blank leaf is among the unmerged leaves of a parent."""
    tree = group.public.tree
    blank = [index for index in range(tree.leaf_count) if tree.leaf(index) is None]
    if not blank:
        raise Misuse("no leaf of the ratchet tree is blank")
    return _committed(state, group, unmerged=blank[:1])


def unmerged_above_only(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A leaf is unmerged at a parent, but not at another one on the way down to it."""
    tree = group.public.tree
    own_path = tree_math.direct_path(group.own_index, tree.leaf_count)
    for index, _ in _others(group):
        way = tree_math.direct_path(index, tree.leaf_count)
        if any(tree.node(node) is not None for node in way if node not in own_path):
            return _committed(state, group, unmerged=[index])
    raise Misuse("no other member has a parent above it that is not above the one who signs, too")


def unmerged_elsewhere(state: ClientState, group: Group) -> RatchetTreeNodes:
    """A leaf is unmerged at a parent that it is not below."""
    nodes = list(_committed(state, group))
    for index, node in enumerate(nodes):
        away = [leaf for leaf, _ in _others(group) if not tree_math.is_under(leaf, index)]
        if isinstance(node, ParentNode) and away:
            nodes[index] = replace(node, unmerged_leaves=(away[0],))
            return tuple(nodes)
    raise Misuse("all members are below every parent")


FLAWS: Mapping[str, Spoil] = {
    spoil.__name__: spoil
    for spoil in (
        blank_at_the_end,
        parent_of_nobody,
        parent_with_leaf_key,
        strange_credential,
        unmerged_backwards,
        unmerged_blank,
        unmerged_above_only,
        unmerged_elsewhere,
    )
}
"""What can be wrong with a ratchet tree, by name; the docstring is the meaning."""

_ALL_TYPES = tuple(int(kind) for kind in CredentialType)


def _committed(
    state: ClientState,
    group: Group,
    *,
    unmerged: Sequence[int] = (),
    top_key: bytes | None = None,
    change: Callable[[LeafNode], LeafNode] = lambda leaf: leaf,
) -> RatchetTreeNodes:
    """The tree as if the member had just set new keys above its leaf, before the `unmerged` leaves were there: they are
    listed in this order, and all parent hashes fit. `top_key` is the highest key, `change` made of the member's leaf.
    """
    suite, tree, above = group.public.suite, group.public.tree, b""
    parents: dict[int, ParentNode] = {}
    for step in reversed(tree.filtered_direct_path(group.own_index)):
        below = tuple(leaf for leaf in unmerged if tree_math.is_under(leaf, step.node))
        key = _fresh_key(state) if parents or top_key is None else top_key
        parents[step.node] = ParentNode(key, above, below)
        above = parent_hash(suite, parents[step.node], hash_without(step.copath, frozenset(below)))
    leaf = change(replace(group.own_leaf, encryption_key=_fresh_key(state), source=CommitSource(above)))
    place = LeafPlace(group.group_id, group.own_index)
    signed = sign_leaf_node(suite, group.identity.signature_private_key, leaf, place)
    return tree.with_path(group.own_index, signed, parents).nodes()


def _others(group: Group) -> list[tuple[int, LeafNode]]:
    """The leaves of the other members, with their indices."""
    return [(index, leaf) for index, leaf in group.public.tree.leaves() if index != group.own_index]


def _fresh_key(state: ClientState) -> bytes:
    return state.suite.generate_hpke_key_pair(state.rand, "odd_tree").public
