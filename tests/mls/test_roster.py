"""Rules 8, 13 and 14: what must differ between members, and what all must understand."""

from dataclasses import replace

import pytest

from simulator.mls.credential import BasicCredential, Certificate, CredentialType, X509Credential
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.leaf_node import LeafPlace
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import Add
from simulator.mls.roster import Member, Roster
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit, resigned_leaf, with_leaf, with_path
from tests.mls.room import Person, Room, addition, removal

NAMES = ("alice", "bob", "carol")


def test_a_client_is_added_once() -> None:
    room = Room.of(*NAMES)
    message = forge_commit(room.groups["alice"], addition(room, "dave"), addition(room, "dave"))
    assert room.refused(message, "alice") == "duplicate_client"


def test_a_client_that_is_there_is_not_added() -> None:
    room = Room.of(*NAMES)
    new_key = Person("bob")
    new_key.identity = new_key.identity.with_new_key(new_key.suite, new_key.rand)
    message = forge_commit(room.groups["alice"], Add(new_key.key_package()))
    assert room.refused(message, "alice") == "duplicate_client"


def test_a_client_is_replaced_in_one_commit() -> None:
    room = Room.of(*NAMES)
    room.commit("alice", removal(room, "bob"), addition(room, "bob"))
    assert sorted(room.groups) == ["alice", "bob", "carol"]


def test_a_client_does_not_join_beside_itself() -> None:
    room = Room.of(*NAMES)
    assert room.refused(commit_of_joiner_named(room, "bob")) == "duplicate_client"


def commit_of_joiner_named(room: Room, name: str) -> MLSMessage:
    """An external Commit of somebody new that bears the name of a member."""
    honest = commit_of(room.prepare_external("dave").message)
    path = honest.path
    assert path is not None
    place = LeafPlace(room.service.group_id, room.service.tree.leftmost_blank_leaf())
    leaf = resigned_leaf(path.leaf_node, room.person("dave"), place, credential=BasicCredential(name.encode()))
    return forge_external_commit(
        room.groups["alice"], room.person("dave"), honest.proposals, replace(path, leaf_node=leaf)
    )


def test_signature_keys_differ() -> None:
    room = Room.of(*NAMES)
    double = Person("double")
    double.identity = replace(room.people["bob"].identity, credential=double.identity.credential)
    message = forge_commit(room.groups["alice"], Add(double.key_package()))
    assert room.refused(message, "alice") == "duplicate_signature_key"


def test_encryption_keys_differ() -> None:
    room = Room.of(*NAMES)
    dave = room.person("dave")
    taken = room.groups["bob"].own_leaf.encryption_key
    message = forge_commit(room.groups["alice"], Add(with_leaf(dave.key_package(), dave, encryption_key=taken)))
    assert room.refused(message, "alice") == "duplicate_encryption_key"


def test_a_leaf_does_not_have_the_key_of_a_parent() -> None:
    room = Room.of(*NAMES)
    room.commit("alice", force_path=True)
    dave = room.person("dave")
    taken = room.service.tree.encryption_key(1)
    message = forge_commit(room.groups["alice"], Add(with_leaf(dave.key_package(), dave, encryption_key=taken)))
    assert room.refused(message, "alice") == "duplicate_encryption_key"


def test_a_committer_does_not_take_anothers_signature_key() -> None:
    room = Room.of(*NAMES)
    alice, bob = room.groups["alice"], room.people["bob"]
    place = LeafPlace(alice.group_id, alice.own_index)
    message = with_path(
        alice,
        room.prepare("alice").message,
        lambda path: replace(
            path,
            leaf_node=resigned_leaf(path.leaf_node, bob, place, signature_key=bob.identity.signature_public_key),
        ),
    )
    assert room.refused(message, "alice") == "duplicate_signature_key"


def x509(person: Person) -> dict[str, object]:
    """What makes a leaf one with a certificate (which nobody here checks)."""
    capabilities = replace(person.identity.capabilities, credentials=(CredentialType.basic, CredentialType.x509))
    return {"credential": X509Credential((Certificate(b"DER"),)), "capabilities": capabilities}


def test_everybody_understands_a_newcomers_credential() -> None:
    room = Room.of(*NAMES)
    dave = room.person("dave")
    message = forge_commit(room.groups["alice"], Add(with_leaf(dave.key_package(), dave, **x509(dave))))
    assert room.refused(message, "alice") == "credential_unsupported"


def test_a_newcomer_understands_everybodys_credential() -> None:
    room = Room.of(*NAMES)
    dave = room.person("dave")
    fields = x509(dave)
    fields["capabilities"] = replace(dave.identity.capabilities, credentials=(CredentialType.x509,))
    message = forge_commit(room.groups["alice"], Add(with_leaf(dave.key_package(), dave, **fields)))
    assert room.refused(message, "alice") == "credential_unsupported"


def test_a_roster_forgets_who_leaves() -> None:
    room = Room.of(*NAMES)
    alice, bob, carol = room.service.members()
    roster = Roster.of((alice, bob, carol))
    assert roster.index_of(b"bob") == 1
    without = roster.changed((bob,), ())
    assert without.index_of(b"bob") is None
    assert roster.index_of(b"bob") == 1
    moved = Member(bob.leaf_index, carol.leaf_node)
    assert without.changed((carol,), (moved,)).index_of(b"carol") == bob.leaf_index
    with pytest.raises(InvalidLeafNode) as caught:
        roster.changed((bob,), (moved,))
    assert caught.value.rule == "duplicate_client"
