"""Rules 16, 17, 18 and 20: the path against the tree, and the joiner against its old self."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.mls.commit import UpdatePath, UpdatePathNode
from simulator.mls.credential import BasicCredential
from simulator.mls.leaf_node import CommitSource, LeafPlace
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit, resigned_leaf, with_path
from tests.mls.room import Room, addition, removal

NAMES = ("alice", "bob", "carol", "dave")


def path_refused(change: Callable[[Room, UpdatePath], UpdatePath]) -> str:
    """By which rule a Commit of alice is refused whose path was changed; its leaf is signed again."""
    room = Room.of(*NAMES)
    room.commit("bob")
    alice = room.groups["alice"]
    place = LeafPlace(alice.group_id, alice.own_index)

    def changed(path: UpdatePath) -> UpdatePath:
        other = change(room, path)
        return replace(other, leaf_node=resigned_leaf(other.leaf_node, room.people["alice"], place))

    return room.refused(with_path(alice, room.prepare("alice").message, changed), "alice")


def with_node_key(path: UpdatePath, key: bytes) -> UpdatePath:
    """The path with another key for its lowest node."""
    return replace(path, nodes=(replace(path.nodes[0], encryption_key=key), *path.nodes[1:]))


def test_a_path_brings_a_new_leaf_key() -> None:
    def old_key(room: Room, path: UpdatePath) -> UpdatePath:
        return replace(
            path, leaf_node=replace(path.leaf_node, encryption_key=room.groups["alice"].own_leaf.encryption_key)
        )

    assert path_refused(old_key) == "leaf_key_unchanged"


def test_no_key_of_a_path_is_in_the_tree() -> None:
    assert (
        path_refused(lambda room, path: with_node_key(path, room.service.tree.encryption_key(1))) == "path_key_reused"
    )
    assert (
        path_refused(lambda room, path: with_node_key(path, room.service.tree.encryption_key(2))) == "path_key_reused"
    )


def test_no_key_is_twice_in_a_path() -> None:
    assert path_refused(lambda _, path: with_node_key(path, path.nodes[1].encryption_key)) == "path_key_reused"
    assert path_refused(lambda _, path: with_node_key(path, path.leaf_node.encryption_key)) == "path_key_reused"


def test_a_path_has_as_many_nodes_as_the_filtered_direct_path() -> None:
    assert path_refused(lambda _, path: replace(path, nodes=path.nodes[:-1])) == "path_length"
    assert path_refused(lambda _, path: replace(path, nodes=(*path.nodes, path.nodes[-1]))) == "path_length"


def test_the_length_of_a_path_counts_after_the_proposals() -> None:
    """Without carol and dave nobody is left in the other half, so the root falls out of the path."""
    room = Room.of(*NAMES)
    removals = (removal(room, "carol"), removal(room, "dave"))
    assert len(commit_of(room.prepare("alice", *removals).message).path.nodes) == 1
    full = commit_of(room.prepare("alice").message)
    message = forge_commit(room.groups["alice"], *removals, path=full.path)
    assert room.refused(message, "alice") == "path_length"


@pytest.mark.parametrize("change", [lambda ciphertexts: ciphertexts[:-1], lambda ciphertexts: ciphertexts * 2])
def test_a_path_is_encrypted_to_every_node_of_the_resolution(change: Callable[[tuple], tuple]) -> None:
    def changed(_: Room, path: UpdatePath) -> UpdatePath:
        top = path.nodes[-1]
        ciphertexts = change(top.encrypted_path_secret)
        return replace(path, nodes=(*path.nodes[:-1], UpdatePathNode(top.encryption_key, ciphertexts)))

    assert path_refused(changed) == "path_ciphertext_count"


def test_a_path_is_not_encrypted_to_those_just_added() -> None:
    room = Room.of("alice", "bob", "carol")
    honest = commit_of(room.prepare("alice", addition(room, "dave"), force_path=True).message)
    assert honest.path is not None
    top = honest.path.nodes[-1]
    assert len(top.encrypted_path_secret) == 1
    for_dave_too = replace(top, encrypted_path_secret=top.encrypted_path_secret * 2)
    path = replace(honest.path, nodes=(honest.path.nodes[0], for_dave_too))
    message = forge_commit(room.groups["alice"], *honest.proposals, path=path)
    assert room.refused(message, "alice") == "path_ciphertext_count"


def test_a_paths_leaf_carries_the_parent_hash() -> None:
    def changed(_: Room, path: UpdatePath) -> UpdatePath:
        return replace(path, leaf_node=replace(path.leaf_node, source=CommitSource(bytes(32))))

    assert path_refused(changed) == "parent_hash_mismatch"


def test_a_new_node_key_needs_a_new_parent_hash() -> None:
    fresh = Room.of("somebody").groups["somebody"].own_leaf.encryption_key
    assert path_refused(lambda _, path: with_node_key(path, fresh)) == "parent_hash_mismatch"


def external_refused(
    remove: str | None, *, credential: bytes | None = None, encryption_key_of: str | None = None
) -> str:
    """By which rule an external Commit of bob is refused that removes somebody."""
    room = Room.of(*NAMES)
    bob = room.people["bob"]
    honest = commit_of(room.prepare_external("bob").message)
    path = honest.path
    assert path is not None
    listed = [honest.proposals[0], *([] if remove is None else [removal(room, remove)])]
    index = room.index(remove) if remove else 4
    leaf = path.leaf_node
    if credential is not None:
        leaf = replace(leaf, credential=BasicCredential(credential))
    if encryption_key_of is not None:
        leaf = replace(leaf, encryption_key=room.groups[encryption_key_of].own_leaf.encryption_key)
    leaf = resigned_leaf(leaf, bob, LeafPlace(room.service.group_id, index))
    return room.refused(forge_external_commit(room.groups["alice"], bob, listed, replace(path, leaf_node=leaf)), "bob")


def test_a_joiner_removes_nobody_but_itself() -> None:
    assert external_refused("carol") == "external_commit_removes_other"
    assert external_refused("bob", credential=b"somebody else") == "external_commit_removes_other"


def test_a_resync_brings_a_new_leaf_key() -> None:
    assert external_refused("bob", encryption_key_of="bob") == "encryption_key_reused"


def test_a_joiner_that_does_not_remove_its_old_leaf_is_a_duplicate() -> None:
    assert external_refused(None) == "duplicate_client"


def test_a_joiner_takes_the_leftmost_blank_leaf() -> None:
    room = Room.of(*NAMES)
    room.commit("alice", removal(room, "bob"))
    honest = commit_of(room.prepare_external("erin").message)
    path = honest.path
    assert path is not None
    elsewhere = resigned_leaf(path.leaf_node, room.person("erin"), LeafPlace(room.service.group_id, 4))
    message = forge_external_commit(
        room.groups["alice"], room.person("erin"), honest.proposals, replace(path, leaf_node=elsewhere)
    )
    assert room.refused(message) == "invalid_signature"
    room.join_externally("erin")
    assert room.index("erin") == 1


def test_a_joiner_without_a_path_is_refused() -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(room.groups["alice"], room.person("erin"), honest.proposals, None)
    assert room.refused(message) == "path_missing"


def test_a_joiner_signs_with_the_key_in_its_path() -> None:
    room = Room.of(*NAMES)
    honest = commit_of(room.prepare_external("erin").message)
    message = forge_external_commit(room.groups["alice"], room.person("mallory"), honest.proposals, honest.path)
    assert room.refused(message) == "invalid_signature"


def test_the_last_member_can_replace_itself() -> None:
    room = Room.of("alice")
    room.join_externally("alice")
    assert [member.identity for member in room.service.members()] == [b"alice"]
    assert room.service.epoch == 1
