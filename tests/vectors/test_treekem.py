"""treekem.json: UpdatePaths opened by every member, and our own ones opened likewise."""

from collections.abc import Iterator
from typing import Any

import pytest

from simulator.codec import codec, decode
from simulator.mls.commits.commit import UpdatePath
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.long_work import finish
from simulator.mls.tree.leaf_node import LeafPlace
from simulator.mls.tree.leaf_validation import is_signed
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import PrivateTree, merge_update_path, new_path, node_key_pair, open_update_path

pytestmark = pytest.mark.vectors("treekem")
unhex = bytes.fromhex


def test_private_keys_belong_to_the_tree(vector: Any) -> None:
    tree, members = read_tree(vector), read_members(vector)
    for member in members.values():
        for node, private in member.keys.items():
            assert tree.suite.kem.public_of(private) == tree.encryption_key(node)


def test_update_paths_are_merged_and_opened(vector: Any) -> None:
    tree, members = read_tree(vector), read_members(vector)
    for case in vector["update_paths"]:
        sender, path = case["sender"], decode(UpdatePath, unhex(case["update_path"]))
        place = LeafPlace(unhex(vector["group_id"]), sender)
        assert is_signed(path.leaf_node, tree.suite, place)
        merged = merge_update_path(tree, sender, path, ())
        assert merged.tree_hash == unhex(case["tree_hash_after"])
        context = context_of(vector, merged)
        for leaf_index, member in others(members, sender):
            opened, commit_secret = open_update_path(merged, sender, path, member, context, ())
            assert commit_secret == unhex(case["commit_secret"])
            shared = first_shared_node(merged, sender, leaf_index)
            expected = node_key_pair(tree.suite, unhex(case["path_secrets"][leaf_index]))
            assert opened.keys[shared] == expected.private


def test_own_paths_are_opened_by_all_others(vector: Any) -> None:
    tree, members = read_tree(vector), read_members(vector)
    signature_keys = {leaf["index"]: unhex(leaf["signature_priv"]) for leaf in vector["leaves_private"]}
    for sender in (case["sender"] for case in vector["update_paths"]):
        leaf = tree.leaf(sender)
        assert leaf is not None
        rand = SeededRand(sender, "vector")
        own = new_path(tree, sender, leaf, signature_keys[sender], unhex(vector["group_id"]), rand)
        context = context_of(vector, own.tree)
        path = finish(own.encrypt(context, (), rand))
        merged = merge_update_path(tree, sender, path, ())
        assert merged.tree_hash == own.tree.tree_hash
        for _, member in others(members, sender):
            assert open_update_path(merged, sender, path, member, context, ())[1] == own.commit_secret


def suite_of(vector: Any) -> CipherSuite:
    return cipher_suite(vector["cipher_suite"])


def read_tree(vector: Any) -> RatchetTree:
    return RatchetTree.from_nodes(suite_of(vector), codec(RatchetTreeNodes).decode(unhex(vector["ratchet_tree"])))


def read_members(vector: Any) -> dict[int, PrivateTree]:
    members = {}
    for leaf in vector["leaves_private"]:
        keys = {2 * leaf["index"]: unhex(leaf["encryption_priv"])}
        for entry in leaf["path_secrets"]:
            keys[entry["node"]] = node_key_pair(suite_of(vector), unhex(entry["path_secret"])).private
        members[leaf["index"]] = PrivateTree(leaf["index"], keys)
    return members


def context_of(vector: Any, tree: RatchetTree) -> GroupContext:
    confirmed = unhex(vector["confirmed_transcript_hash"])
    return GroupContext(1, tree.suite.value, unhex(vector["group_id"]), vector["epoch"], tree.tree_hash, confirmed, ())


def others(members: dict[int, PrivateTree], sender: int) -> Iterator[tuple[int, PrivateTree]]:
    return ((index, member) for index, member in members.items() if index != sender)


def first_shared_node(tree: RatchetTree, sender: int, other: int) -> int:
    theirs = {step.node for step in tree.filtered_direct_path(other)}
    return next(step.node for step in tree.filtered_direct_path(sender) if step.node in theirs)
