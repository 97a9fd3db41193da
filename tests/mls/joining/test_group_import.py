"""Rules 18 and 21: a group from outside is taken in only if tree and GroupInfo prove each other."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from simulator.fuzzing.whole_group import NOW, PRIVATE_USE, WholeGroup, addition, removal
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.errors import MLSError
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.group import Group
from simulator.mls.joining.group_import import RATCHET_TREE, group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.public_group import PublicGroup
from simulator.mls.remembered import nothing_remembered
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.node import Node, ParentNode, RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from tests.breaking import breaks
from tests.mls.frankenstein import resigned_leaf

NAMES = ("alice", "bob", "carol", "dave", "erin")


def grown_group() -> WholeGroup:
    """A group of five whose tree has parents, unmerged leaves and blanks."""
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", force_path=True)
    whole.commit("carol", force_path=True)
    whole.commit("bob", removal(whole, "dave"))
    whole.commit("bob")
    return whole


def signed(group: Group, info: GroupInfo) -> GroupInfo:
    """The GroupInfo with a signature over whatever it says now."""
    return replace(info, signature=group.identity.sign(group.public.suite, "GroupInfoTBS", group_info_tbs(info)))


def import_rule(whole: WholeGroup, nodes: RatchetTreeNodes | None = None, **context: Any) -> str:
    """By which rule the group is refused with these nodes and GroupContext fields, all signed and hashed anew."""
    alice = whole.groups["alice"]
    nodes = whole.service.ratchet_tree() if nodes is None else nodes
    info = alice.group_info()
    tree_hash = _tree_hash(alice.public.suite, nodes) or info.group_context.tree_hash
    fields = {"tree_hash": tree_hash, **context}
    info = signed(alice, replace(info, group_context=replace(info.group_context, **fields)))
    return refusal(info, nodes)


def refusal(info: GroupInfo, nodes: RatchetTreeNodes | None, now: int | None = NOW) -> str:
    """By which rule a GroupInfo is refused."""
    with pytest.raises(MLSError) as caught:
        PublicGroup.from_group_info(info, nodes, now)
    return caught.value.rule


def _tree_hash(suite: CipherSuite, nodes: RatchetTreeNodes) -> bytes | None:
    try:
        return RatchetTree.from_nodes(suite, nodes).tree_hash
    except MLSError:
        return None


def with_node(nodes: RatchetTreeNodes, index: int, change: Callable[[Any], Node | None]) -> RatchetTreeNodes:
    """The nodes with one changed."""
    changed = list(nodes)
    changed[index] = change(changed[index])
    return tuple(changed)


def test_an_honest_group_is_taken_in() -> None:
    whole = grown_group()
    info = whole.groups["alice"].group_info()
    imported = PublicGroup.from_group_info(info, whole.service.ratchet_tree(), NOW)
    assert imported.to_bytes() == whole.service.to_bytes()
    inside = whole.groups["alice"].group_info((ExtensionType.ratchet_tree, ExtensionType.external_pub))
    assert PublicGroup.from_group_info(inside, None, NOW).to_bytes() == whole.service.to_bytes()


def test_the_tree_is_there_and_is_the_right_one() -> None:
    whole = grown_group()
    info = whole.groups["alice"].group_info()
    with breaks("RFC9420-12.4.3.3-TREE-MISSING"):
        assert refusal(info, None) == "tree_missing"
    assert refusal(info, WholeGroup.of(*NAMES).service.ratchet_tree()) == "tree_hash_mismatch"
    with breaks("RFC9420-12.4.3.1-TREE-HASH-MISMATCH"):
        assert import_rule(whole, tree_hash=bytes(32)) == "tree_hash_mismatch"


def test_the_tree_has_the_shape_of_one() -> None:
    whole = grown_group()
    nodes = whole.service.ratchet_tree()
    with breaks("RFC9420-12.4.3.3-EMPTY-TREE"):
        assert import_rule(whole, ()) == "empty_tree"
    with breaks("RFC9420-12.4.3.3-LAST-NODE-BLANK"):
        assert import_rule(whole, (*nodes, None)) == "last_node_blank"
    with breaks("RFC9420-12.4.3.3-MISPLACED-NODE"):
        assert import_rule(whole, with_node(nodes, 1, lambda _: nodes[0])) == "misplaced_node"
    with breaks("RFC9420-12.4.3.1-DUPLICATE-ENCRYPTION-KEY/TREE"):
        assert import_rule(whole, with_node(nodes, 2, lambda _: nodes[0])) == "duplicate_encryption_key"


def test_the_parents_are_tied_to_their_children() -> None:
    whole = grown_group()
    nodes = whole.service.ratchet_tree()
    parents = [index for index, node in enumerate(nodes) if isinstance(node, ParentNode)]
    assert parents
    for index in parents:
        changed = with_node(nodes, index, lambda node: replace(node, parent_hash=bytes(32)))
        assert import_rule(whole, changed) == "parent_hash_invalid"
        other_key = bytes(31) + bytes([9 + index])
        changed = with_node(nodes, index, lambda node, key=other_key: replace(node, encryption_key=key))
        assert import_rule(whole, changed) == "parent_hash_invalid"


@breaks("RFC9420-7.9.2-PARENT-HASH-INVALID")
def test_parent_hashes_are_those_of_before_the_unmerged_leaves() -> None:
    """dave's place is blank when bob sets the root, and taken by erin afterwards."""
    whole = WholeGroup.of("alice", "bob", "carol", "dave")
    whole.commit("alice", removal(whole, "dave"))
    whole.commit("bob")
    whole.commit("carol", addition(whole, "erin"))
    nodes = whole.service.ratchet_tree()
    root = nodes[3]
    assert isinstance(root, ParentNode)
    assert root.unmerged_leaves == (3,)
    PublicGroup.from_group_info(whole.groups["alice"].group_info(), nodes, NOW)
    forgotten = with_node(nodes, 3, lambda node: replace(node, unmerged_leaves=()))
    assert import_rule(whole, forgotten) == "parent_hash_invalid"


@pytest.mark.parametrize(
    ("leaves", "rule"),
    [
        ((2, 1), "unmerged_leaves_unsorted"),
        ((1, 1), "unmerged_leaves_unsorted"),
        ((7,), "unmerged_leaf_blank"),
        ((200,), "unmerged_leaf_not_below"),
    ],
)
def test_unmerged_leaves_are_members_below_in_order(leaves: tuple[int, ...], rule: str) -> None:
    whole = grown_group()
    nodes = whole.service.ratchet_tree()
    root = 7
    assert isinstance(nodes[root], ParentNode)
    assert import_rule(whole, with_node(nodes, root, lambda node: replace(node, unmerged_leaves=leaves))) == rule


def test_every_leaf_is_valid() -> None:
    whole = WholeGroup.of(*NAMES)
    nodes = whole.service.ratchet_tree()
    last = len(nodes) - 1
    erin = whole.people["erin"]
    unsigned = with_node(nodes, last, lambda leaf: replace(leaf, signature=b"x"))
    assert import_rule(whole, unsigned) == "invalid_signature"
    unlisted = resigned_leaf(nodes[last], erin, None, extensions=(Extension(0xF0F0, b""),))
    assert import_rule(whole, with_node(nodes, last, lambda _: unlisted)) == "extension_not_listed"


def test_the_members_go_together() -> None:
    whole = WholeGroup.of(*NAMES)
    nodes = whole.service.ratchet_tree()
    last = len(nodes) - 1
    alice = nodes[0]
    assert isinstance(alice, LeafNode)
    erin = whole.people["erin"]
    named = resigned_leaf(nodes[last], erin, None, credential=alice.credential)
    assert import_rule(whole, with_node(nodes, last, lambda _: named)) == "duplicate_client"
    as_alice = resigned_leaf(nodes[last], whole.people["alice"], None, signature_key=alice.signature_key)
    assert import_rule(whole, with_node(nodes, last, lambda _: as_alice)) == "duplicate_signature_key"
    unsupporting = (Extension(0xF00D, b""),)
    assert import_rule(whole, extensions=unsupporting) == "context_extension_unsupported"
    assert import_rule(whole, extensions=(Extension(PRIVATE_USE, b""),) * 2) == "duplicate_extension"


@breaks("RFC9420-7.3-EXPIRED")
def test_no_leaf_has_expired_if_that_is_asked_for() -> None:
    whole = grown_group()
    info, nodes = whole.groups["alice"].group_info(), whole.service.ratchet_tree()
    assert refusal(info, nodes, NOW + 7200) == "expired"
    PublicGroup.from_group_info(info, nodes, None)


def test_the_group_info_is_signed_by_a_member() -> None:
    whole = grown_group()
    alice, nodes = whole.groups["alice"], whole.service.ratchet_tree()
    info = alice.group_info()
    with breaks("RFC9420-12.4.3-INVALID-SIGNATURE"):
        assert refusal(replace(info, confirmation_tag=b"changed"), nodes) == "invalid_signature"
    with breaks("RFC9420-12.4.3.1-SIGNER-BLANK"):
        assert refusal(signed(alice, replace(info, signer=3)), nodes) == "signer_blank"
    assert refusal(signed(alice, replace(info, signer=1)), nodes) == "invalid_signature"
    with breaks("RFC9420-13.4-DUPLICATE-EXTENSION/GROUP-INFO"):
        assert refusal(signed(alice, replace(info, extensions=info.extensions * 2)), nodes) == "duplicate_extension"


def test_version_and_suite_are_ours() -> None:
    whole = grown_group()
    with breaks("RFC9420-12.4.3-WRONG-VERSION"):
        assert import_rule(whole, version=2) == "wrong_version"
    assert import_rule(whole, cipher_suite=0xF031) == "unsupported_cipher_suite"


def test_unknown_extensions_of_a_group_info_are_ignored() -> None:
    whole = grown_group()
    alice, nodes = whole.groups["alice"], whole.service.ratchet_tree()
    info = alice.group_info()
    grease = signed(alice, replace(info, extensions=(*info.extensions, Extension(0x0A0A, b"grease"))))
    assert PublicGroup.from_group_info(grease, nodes, NOW).epoch == alice.epoch


def test_the_ratchet_tree_codec_is_that_of_the_extension() -> None:
    nodes = grown_group().service.ratchet_tree()
    assert RATCHET_TREE.decode(RATCHET_TREE.encode(nodes)) == nodes


def test_a_tree_is_checked_once_and_all_that_is_about_its_group_info_each_time() -> None:
    """Equal nodes of the same group: from the same GroupInfo, from one that is false, at a later time."""
    whole = grown_group()
    alice, nodes = whole.groups["alice"], whole.service.ratchet_tree()
    info = alice.group_info()
    first = PublicGroup.from_group_info(info, nodes, NOW)
    again = RATCHET_TREE.decode(RATCHET_TREE.encode(nodes))
    assert PublicGroup.from_group_info(info, again, NOW).tree is first.tree
    assert refusal(replace(info, signature=bytes(64)), nodes) == "invalid_signature"
    false = replace(info, group_context=replace(info.group_context, tree_hash=bytes(32)))
    assert refusal(signed(alice, false), nodes) == "tree_hash_mismatch"
    assert refusal(info, nodes, NOW + 1000 * 24 * 3600) == "expired"
    with nothing_remembered():
        assert PublicGroup.from_group_info(info, nodes, NOW).tree is not first.tree
