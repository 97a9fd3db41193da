"""Rules 16, 17, 18 and 20: the path against the tree, and the joiner against its old self."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import NOW, WholeGroup, addition, removal
from simulator.mls.commits.commit import UpdatePath, UpdatePathNode
from simulator.mls.errors import InvalidCommit
from simulator.mls.group import Group
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import CommitSource, LeafPlace
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit, resigned_leaf, with_path

NAMES = ("alice", "bob", "carol", "dave")


def path_refused(change: Callable[[WholeGroup, UpdatePath], UpdatePath]) -> str:
    """By which rule a Commit of alice is refused whose path was changed; its leaf is signed again."""
    whole = WholeGroup.of(*NAMES)
    whole.commit("bob")
    alice = whole.groups["alice"]
    place = LeafPlace(alice.group_id, alice.own_index)

    def changed(path: UpdatePath) -> UpdatePath:
        other = change(whole, path)
        return replace(other, leaf_node=resigned_leaf(other.leaf_node, whole.people["alice"], place))

    return whole.refused(with_path(alice, whole.prepare("alice").message, changed), "alice")


def with_node_key(path: UpdatePath, key: bytes) -> UpdatePath:
    """The path with another key for its lowest node."""
    return replace(path, nodes=(replace(path.nodes[0], encryption_key=key), *path.nodes[1:]))


@breaks("RFC9420-12.4.2-LEAF-KEY-UNCHANGED")
def test_a_path_brings_a_new_leaf_key() -> None:
    def old_key(whole: WholeGroup, path: UpdatePath) -> UpdatePath:
        return replace(
            path, leaf_node=replace(path.leaf_node, encryption_key=whole.groups["alice"].own_leaf.encryption_key)
        )

    assert path_refused(old_key) == "leaf_key_unchanged"


def test_no_key_of_a_path_is_in_the_tree() -> None:
    assert (
        path_refused(lambda whole, path: with_node_key(path, whole.service.tree.encryption_key(1))) == "path_key_reused"
    )
    assert (
        path_refused(lambda whole, path: with_node_key(path, whole.service.tree.encryption_key(2))) == "path_key_reused"
    )


@breaks("RFC9420-12.4.2-PATH-KEY-REUSED")
def test_no_key_is_twice_in_a_path() -> None:
    assert path_refused(lambda _, path: with_node_key(path, path.nodes[1].encryption_key)) == "path_key_reused"
    assert path_refused(lambda _, path: with_node_key(path, path.leaf_node.encryption_key)) == "path_key_reused"


@breaks("RFC9420-7.6-PATH-LENGTH")
def test_a_path_has_as_many_nodes_as_the_filtered_direct_path() -> None:
    assert path_refused(lambda _, path: replace(path, nodes=path.nodes[:-1])) == "path_length"
    assert path_refused(lambda _, path: replace(path, nodes=(*path.nodes, path.nodes[-1]))) == "path_length"


def test_the_length_of_a_path_counts_after_the_proposals() -> None:
    """Without carol and dave nobody is left in the other half, so the root falls out of the path."""
    whole = WholeGroup.of(*NAMES)
    removals = (removal(whole, "carol"), removal(whole, "dave"))
    assert len(commit_of(whole.prepare("alice", *removals).message).path.nodes) == 1
    full = commit_of(whole.prepare("alice").message)
    message = forge_commit(whole.groups["alice"], *removals, path=full.path)
    assert whole.refused(message, "alice") == "path_length"


@pytest.mark.parametrize("change", [lambda ciphertexts: ciphertexts[:-1], lambda ciphertexts: ciphertexts * 2])
def test_a_path_is_encrypted_to_every_node_of_the_resolution(change: Callable[[tuple], tuple]) -> None:
    def changed(_: WholeGroup, path: UpdatePath) -> UpdatePath:
        top = path.nodes[-1]
        ciphertexts = change(top.encrypted_path_secret)
        return replace(path, nodes=(*path.nodes[:-1], UpdatePathNode(top.encryption_key, ciphertexts)))

    assert path_refused(changed) == "path_ciphertext_count"


@breaks("RFC9420-7.6-PATH-CIPHERTEXT-COUNT")
def test_a_path_is_not_encrypted_to_those_just_added() -> None:
    whole = WholeGroup.of("alice", "bob", "carol")
    honest = commit_of(whole.prepare("alice", addition(whole, "dave"), force_path=True).message)
    assert honest.path is not None
    top = honest.path.nodes[-1]
    assert len(top.encrypted_path_secret) == 1
    for_dave_too = replace(top, encrypted_path_secret=top.encrypted_path_secret * 2)
    path = replace(honest.path, nodes=(honest.path.nodes[0], for_dave_too))
    message = forge_commit(whole.groups["alice"], *honest.proposals, path=path)
    assert whole.refused(message, "alice") == "path_ciphertext_count"


def test_a_paths_leaf_carries_the_parent_hash() -> None:
    def changed(_: WholeGroup, path: UpdatePath) -> UpdatePath:
        return replace(path, leaf_node=replace(path.leaf_node, source=CommitSource(bytes(32))))

    assert path_refused(changed) == "parent_hash_mismatch"


@breaks("RFC9420-7.9.2-PARENT-HASH-MISMATCH")
def test_a_new_node_key_needs_a_new_parent_hash() -> None:
    fresh = WholeGroup.of("somebody").groups["somebody"].own_leaf.encryption_key
    assert path_refused(lambda _, path: with_node_key(path, fresh)) == "parent_hash_mismatch"


def external_refused(
    remove: str | None, *, credential: bytes | None = None, encryption_key_of: str | None = None
) -> str:
    """By which rule an external Commit of bob is refused that removes somebody."""
    whole = WholeGroup.of(*NAMES)
    bob = whole.people["bob"]
    honest = commit_of(whole.prepare_external("bob").message)
    path = honest.path
    assert path is not None
    listed = [honest.proposals[0], *([] if remove is None else [removal(whole, remove)])]
    index = whole.index(remove) if remove else 4
    leaf = path.leaf_node
    if credential is not None:
        leaf = replace(leaf, credential=BasicCredential(credential))
    if encryption_key_of is not None:
        leaf = replace(leaf, encryption_key=whole.groups[encryption_key_of].own_leaf.encryption_key)
    leaf = resigned_leaf(leaf, bob, LeafPlace(whole.service.group_id, index))
    return whole.refused(
        forge_external_commit(whole.groups["alice"], bob, listed, replace(path, leaf_node=leaf)), "bob"
    )


@breaks("RFC9420-12.2-EXTERNAL-COMMIT-REMOVES-OTHER")
def test_a_joiner_removes_nobody_but_itself() -> None:
    assert external_refused("carol") == "external_commit_removes_other"
    assert external_refused("bob", credential=b"somebody else") == "external_commit_removes_other"


@breaks("RFC9420-12.2-ENCRYPTION-KEY-REUSED")
def test_a_resync_brings_a_new_leaf_key() -> None:
    assert external_refused("bob", encryption_key_of="bob") == "encryption_key_reused"


@breaks("RFC9420-12.2-DUPLICATE-CLIENT")
def test_a_joiner_that_does_not_remove_its_old_leaf_is_a_duplicate() -> None:
    assert external_refused(None) == "duplicate_client"


def test_a_joiner_takes_the_leftmost_blank_leaf() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", removal(whole, "bob"))
    honest = commit_of(whole.prepare_external("erin").message)
    path = honest.path
    assert path is not None
    elsewhere = resigned_leaf(path.leaf_node, whole.person("erin"), LeafPlace(whole.service.group_id, 4))
    message = forge_external_commit(
        whole.groups["alice"], whole.person("erin"), honest.proposals, replace(path, leaf_node=elsewhere)
    )
    assert whole.refused(message) == "invalid_signature"
    whole.join_externally("erin")
    assert whole.index("erin") == 1


@breaks("RFC9420-12.4.3.2-PATH-MISSING/EXTERNAL")
def test_a_joiner_without_a_path_is_refused() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(whole.groups["alice"], whole.person("erin"), honest.proposals, None)
    assert whole.refused(message) == "path_missing"


@breaks("RFC9420-5.1.2-INVALID-SIGNATURE")
def test_a_joiner_signs_with_the_key_in_its_path() -> None:
    whole = WholeGroup.of(*NAMES)
    honest = commit_of(whole.prepare_external("erin").message)
    message = forge_external_commit(whole.groups["alice"], whole.person("mallory"), honest.proposals, honest.path)
    assert whole.refused(message) == "invalid_signature"


def test_the_last_member_can_replace_itself() -> None:
    whole = WholeGroup.of("alice")
    whole.join_externally("alice")
    assert [member.identity for member in whole.service.members()] == [b"alice"]
    assert whole.service.epoch == 1


@breaks("RFC9420-8.1-LAST-EPOCH")
def test_nothing_follows_the_last_epoch_that_has_a_number() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    last = replace(alice.public, context=replace(alice.public.context, epoch=2**64 - 1))
    with pytest.raises(InvalidCommit, match=r"epoch 18446744073709551615 is the last one .RFC 9420 8\.1, last_epoch."):
        Group(alice.state.with_public(last)).commit((), whole.people["alice"].rand, NOW)
