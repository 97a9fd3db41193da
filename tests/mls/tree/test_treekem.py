from collections.abc import Collection
from dataclasses import replace

import pytest

from simulator.mls.commits.commit import UpdatePath, UpdatePathNode
from simulator.mls.crypto import CIPHER_SUITES, CipherSuite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import DecryptionError, InvalidUpdatePath
from simulator.mls.long_work import finish
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import CommitSource, LeafPlace, UpdateSource
from simulator.mls.tree.leaf_validation import check_leaf_node
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import (
    NewPath,
    PrivateTree,
    merge_update_path,
    new_path,
    next_path_secret,
    node_key_pair,
    open_update_path,
)
from tests.breaking import breaks
from tests.mls.leaves import GROUP, SUITE, Client, client, clients, context_of, private_of, tree_of

CLIENTS = clients(9)


def made(
    tree: RatchetTree, sender: int, member: Client, new_leaves: Collection[int] = ()
) -> tuple[NewPath, UpdatePath]:
    rand = SeededRand(5, member.name)
    own = new_path(tree, sender, member.leaf, member.signature.private, GROUP, rand)
    return own, finish(own.encrypt(context_of(own.tree), new_leaves, rand))


def refused(tree: RatchetTree, sender: int, path: UpdatePath, new_leaves: Collection[int] = ()) -> str:
    with pytest.raises(InvalidUpdatePath) as caught:
        merge_update_path(tree, sender, path, new_leaves)
    return caught.value.rule


@pytest.mark.parametrize("suite", CIPHER_SUITES, ids=lambda suite: suite.name)
def test_all_members_follow_all_paths(suite: CipherSuite) -> None:
    members = clients(5, suite)
    tree = tree_of(members)
    private = {index: private_of(member, index) for index, member in enumerate(members)}
    for sender in (0, 4, 2):
        own, path = made(tree, sender, members[sender])
        merged = merge_update_path(tree, sender, path, ())
        context = context_of(merged)
        assert merged.tree_hash == own.tree.tree_hash
        for index in private.keys() - {sender}:
            private[index], secret = open_update_path(merged, sender, path, private[index], context, ())
            assert secret == own.commit_secret
        private[sender] = own.private
        tree = merged
        for index, held in private.items():
            assert {tree.suite.kem.public_of(key) for key in held.keys.values()} == keys_above(tree, index)


def keys_above(tree: RatchetTree, leaf_index: int) -> set[bytes]:
    """The public keys whose private keys a member should hold: all above it at which it is not unmerged."""
    above = [2 * leaf_index, *tree_math.direct_path(leaf_index, tree.leaf_count)]
    nodes = [tree.node(index) for index in above]
    return {
        node.encryption_key
        for node in nodes
        if node is not None and leaf_index not in getattr(node, "unmerged_leaves", ())
    }


def test_the_new_leaf_is_signed_for_its_place() -> None:
    own, path = made(tree_of(CLIENTS[:3]), 1, CLIENTS[1])
    check_leaf_node(path.leaf_node, SUITE, source=CommitSource, place=LeafPlace(GROUP, 1), now=None)
    assert path.leaf_node.credential == CLIENTS[1].leaf.credential
    assert path.leaf_node.encryption_key == SUITE.kem.public_of(own.private.keys[2])


def test_the_same_randomness_makes_the_same_path() -> None:
    tree = tree_of(CLIENTS[:4])
    assert made(tree, 1, CLIENTS[1])[1] == made(tree, 1, CLIENTS[1])[1]


def test_a_path_of_one_member() -> None:
    own, path = made(tree_of(CLIENTS[:1]), 0, CLIENTS[0])
    assert path.nodes == ()
    assert len(own.commit_secret) == SUITE.secret_size
    assert merge_update_path(tree_of(CLIENTS[:1]), 0, path, ()).tree_hash == own.tree.tree_hash


def test_an_outsider_joins_at_the_leftmost_blank_leaf() -> None:
    tree = tree_of(CLIENTS[:4])
    own, path = made(tree, 4, client("joiner"))
    merged = merge_update_path(tree, 4, path, ())
    assert merged.leaf_count == 8
    assert merged.leaf(4) == path.leaf_node
    held, secret = open_update_path(merged, 4, path, private_of(CLIENTS[2], 2), context_of(merged), ())
    assert secret == own.commit_secret
    assert list(held.keys) == [4, 7]


@breaks("RFC9420-7.5-NO-PATH-CIPHERTEXT")
def test_new_leaves_hear_by_welcome_only() -> None:
    tree, index = tree_of(CLIENTS[:3]).add(CLIENTS[3].leaf)
    own, path = made(tree, 0, CLIENTS[0], [index])
    assert [len(node.encrypted_path_secret) for node in path.nodes] == [1, 1]
    merged = merge_update_path(tree, 0, path, [index])
    with pytest.raises(DecryptionError) as caught:
        open_update_path(merged, 0, path, private_of(CLIENTS[3], index), context_of(merged), [index])
    assert caught.value.rule == "no_path_ciphertext"
    joined, secret = private_of(CLIENTS[3], index).with_path_secret(merged, 0, own.path_secret_for(index))
    assert secret == own.commit_secret
    assert {SUITE.kem.public_of(key) for key in joined.keys.values()} == {
        CLIENTS[3].leaf.encryption_key,
        merged.encryption_key(3),
    }


def test_a_path_whose_copath_holds_only_new_leaves() -> None:
    tree = tree_of(CLIENTS[:2])
    tree, first = tree.add(CLIENTS[2].leaf)
    own, path = made(tree, 0, CLIENTS[0], [first])
    assert [len(node.encrypted_path_secret) for node in path.nodes] == [1, 0]
    assert merge_update_path(tree, 0, path, [first]).tree_hash == own.tree.tree_hash


def test_a_member_forgets_keys_of_blanked_nodes() -> None:
    tree = tree_of(CLIENTS[:5])
    own, path = made(tree, 0, CLIENTS[0])
    tree = merge_update_path(tree, 0, path, ())
    held, _ = open_update_path(tree, 0, path, private_of(CLIENTS[1], 1), context_of(tree), ())
    assert sorted(held.keys) == [1, 2, 3, 7]
    shrunk = tree.remove(4).update(3, CLIENTS[5].leaf)
    own, path = made(shrunk, 2, CLIENTS[2])
    merged = merge_update_path(shrunk, 2, path, ())
    held, secret = open_update_path(merged, 2, path, held, context_of(merged), ())
    assert secret == own.commit_secret
    assert sorted(held.keys) == [1, 2, 3]


def test_path_secrets_yield_node_keys_and_the_next_secret() -> None:
    secret = b"s" * 32
    assert next_path_secret(SUITE, secret) == SUITE.derive_secret(secret, "path")
    assert node_key_pair(SUITE, secret) == SUITE.derive_key_pair(SUITE.derive_secret(secret, "node"))


def test_a_new_leaf_key_replaces_only_the_leaf() -> None:
    held = PrivateTree(1, {2: b"leaf", 3: b"root"}).with_leaf(b"new")
    assert held.keys == {2: b"new", 3: b"root"}


# Rules of merging. Every path is honest but for the one thing.

TREE = tree_of(CLIENTS[:4])
OWN, PATH = made(TREE, 0, CLIENTS[0])


def test_an_honest_path_is_merged() -> None:
    assert merge_update_path(TREE, 0, PATH, ()).tree_hash == OWN.tree.tree_hash


@pytest.mark.parametrize("nodes", [PATH.nodes[:1], (*PATH.nodes, PATH.nodes[1]), ()])
def test_the_path_is_as_long_as_the_filtered_direct_path(nodes: tuple[UpdatePathNode, ...]) -> None:
    assert refused(TREE, 0, replace(PATH, nodes=nodes)) == "path_length"


@pytest.mark.parametrize("extra", [0, 2])
def test_there_is_one_ciphertext_per_recipient(extra: int) -> None:
    (ciphertext,) = PATH.nodes[0].encrypted_path_secret
    nodes = (replace(PATH.nodes[0], encrypted_path_secret=(ciphertext,) * extra), PATH.nodes[1])
    assert refused(TREE, 0, replace(PATH, nodes=nodes)) == "path_ciphertext_count"


def test_there_is_no_ciphertext_for_new_leaves() -> None:
    assert refused(TREE, 0, PATH, new_leaves=[3]) == "path_ciphertext_count"


def test_the_leaf_key_changes() -> None:
    leaf = CLIENTS[0].resigned(LeafPlace(GROUP, 0), source=PATH.leaf_node.source)
    assert refused(TREE, 0, replace(PATH, leaf_node=leaf)) == "leaf_key_unchanged"


def test_no_key_of_the_path_is_in_the_tree() -> None:
    leaf = replace(PATH.leaf_node, encryption_key=CLIENTS[2].leaf.encryption_key)
    assert refused(TREE, 0, replace(PATH, leaf_node=leaf)) == "path_key_reused"
    node = replace(PATH.nodes[1], encryption_key=CLIENTS[2].leaf.encryption_key)
    assert refused(TREE, 0, replace(PATH, nodes=(PATH.nodes[0], node))) == "path_key_reused"


def test_no_key_is_twice_in_the_path() -> None:
    node = replace(PATH.nodes[1], encryption_key=PATH.nodes[0].encryption_key)
    assert refused(TREE, 0, replace(PATH, nodes=(PATH.nodes[0], node))) == "path_key_reused"
    node = replace(PATH.nodes[1], encryption_key=PATH.leaf_node.encryption_key)
    assert refused(TREE, 0, replace(PATH, nodes=(PATH.nodes[0], node))) == "path_key_reused"


@breaks("RFC9420-7.3-LEAF-SOURCE-NOT-COMMIT")
def test_the_leaf_is_made_for_a_commit() -> None:
    leaf = replace(PATH.leaf_node, source=UpdateSource())
    assert refused(TREE, 0, replace(PATH, leaf_node=leaf)) == "leaf_source_not_commit"


def test_the_parent_hash_of_the_leaf_fits() -> None:
    leaf = replace(PATH.leaf_node, source=CommitSource(b"another"))
    assert refused(TREE, 0, replace(PATH, leaf_node=leaf)) == "parent_hash_mismatch"
    node = replace(PATH.nodes[1], encryption_key=client("outsider").leaf.encryption_key)
    assert refused(TREE, 0, replace(PATH, nodes=(PATH.nodes[0], node))) == "parent_hash_mismatch"


# Rules of opening.


@pytest.mark.parametrize("tree", [OWN.tree, OWN.tree.update(1, CLIENTS[1].leaf)], ids=["other keys", "blank nodes"])
def test_a_path_secret_yields_the_keys_of_the_tree(tree: RatchetTree) -> None:
    with pytest.raises(InvalidUpdatePath) as caught:
        private_of(CLIENTS[1], 1).with_path_secret(tree, 0, b"x" * 32)
    assert caught.value.rule == "path_key_mismatch"


def test_a_committer_who_encrypts_another_secret_is_caught() -> None:
    other = SeededRand(6, "other")
    context = context_of(OWN.tree)
    lying = finish(replace(OWN, path_secrets=(b"y" * 32, OWN.path_secrets[1])).encrypt(context, (), other))
    merged = merge_update_path(TREE, 0, lying, ())
    with pytest.raises(InvalidUpdatePath) as caught:
        open_update_path(merged, 0, lying, private_of(CLIENTS[1], 1), context, ())
    assert caught.value.rule == "path_key_mismatch"
    assert open_update_path(merged, 0, lying, private_of(CLIENTS[2], 2), context, ())[1] == OWN.commit_secret


def test_a_path_opens_only_under_its_group_context() -> None:
    merged = merge_update_path(TREE, 0, PATH, ())
    for context in (context_of(merged, epoch=2), context_of(TREE)):
        with pytest.raises(DecryptionError):
            open_update_path(merged, 0, PATH, private_of(CLIENTS[1], 1), context, ())
