"""Rules 8, 13 and 14: what must differ between members, and what all must understand."""

from dataclasses import replace

import pytest

from simulator.fuzzing.whole_group import Person, WholeGroup, addition, removal
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.framing.message import MLSMessage
from simulator.mls.proposals.proposals import Add
from simulator.mls.tree.credential import BasicCredential, Certificate, CredentialType, X509Credential
from simulator.mls.tree.leaf_node import LeafPlace
from simulator.mls.tree.roster import Member, Roster
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge_commit, forge_external_commit, resigned_leaf, with_leaf, with_path

NAMES = ("alice", "bob", "carol")


def test_a_client_is_added_once() -> None:
    whole = WholeGroup.of(*NAMES)
    message = forge_commit(whole.groups["alice"], addition(whole, "dave"), addition(whole, "dave"))
    assert whole.refused(message, "alice") == "duplicate_client"


def test_a_client_that_is_there_is_not_added() -> None:
    whole = WholeGroup.of(*NAMES)
    new_key = Person("bob")
    new_key.identity = new_key.identity.with_new_key(new_key.suite, new_key.rand)
    message = forge_commit(whole.groups["alice"], Add(new_key.key_package()))
    assert whole.refused(message, "alice") == "duplicate_client"


def test_a_client_is_replaced_in_one_commit() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", removal(whole, "bob"), addition(whole, "bob"))
    assert sorted(whole.groups) == ["alice", "bob", "carol"]


def test_a_client_does_not_join_beside_itself() -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(commit_of_joiner_named(whole, "bob")) == "duplicate_client"


def commit_of_joiner_named(whole: WholeGroup, name: str) -> MLSMessage:
    """An external Commit of somebody new that bears the name of a member."""
    honest = commit_of(whole.prepare_external("dave").message)
    path = honest.path
    assert path is not None
    place = LeafPlace(whole.service.group_id, whole.service.tree.leftmost_blank_leaf())
    leaf = resigned_leaf(path.leaf_node, whole.person("dave"), place, credential=BasicCredential(name.encode()))
    return forge_external_commit(
        whole.groups["alice"], whole.person("dave"), honest.proposals, replace(path, leaf_node=leaf)
    )


def test_signature_keys_differ() -> None:
    whole = WholeGroup.of(*NAMES)
    double = Person("double")
    double.identity = replace(whole.people["bob"].identity, credential=double.identity.credential)
    message = forge_commit(whole.groups["alice"], Add(double.key_package()))
    assert whole.refused(message, "alice") == "duplicate_signature_key"


@breaks("RFC9420-7.3-DUPLICATE-ENCRYPTION-KEY")
def test_encryption_keys_differ() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    taken = whole.groups["bob"].own_leaf.encryption_key
    message = forge_commit(whole.groups["alice"], Add(with_leaf(dave.key_package(), dave, encryption_key=taken)))
    assert whole.refused(message, "alice") == "duplicate_encryption_key"


@breaks("RFC9420-12.4.3.1-DUPLICATE-ENCRYPTION-KEY/LEAF")
def test_a_leaf_does_not_have_the_key_of_a_parent() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", force_path=True)
    dave = whole.person("dave")
    taken = whole.service.tree.encryption_key(1)
    message = forge_commit(whole.groups["alice"], Add(with_leaf(dave.key_package(), dave, encryption_key=taken)))
    assert whole.refused(message, "alice") == "duplicate_encryption_key"


@breaks("RFC9420-7.3-DUPLICATE-SIGNATURE-KEY")
def test_a_committer_does_not_take_anothers_signature_key() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, bob = whole.groups["alice"], whole.people["bob"]
    place = LeafPlace(alice.group_id, alice.own_index)
    message = with_path(
        alice,
        whole.prepare("alice").message,
        lambda path: replace(
            path,
            leaf_node=resigned_leaf(path.leaf_node, bob, place, signature_key=bob.identity.signature_public_key),
        ),
    )
    assert whole.refused(message, "alice") == "duplicate_signature_key"


def x509(person: Person) -> dict[str, object]:
    """What makes a leaf one with a certificate (which nobody here checks)."""
    capabilities = replace(person.identity.capabilities, credentials=(CredentialType.basic, CredentialType.x509))
    return {"credential": X509Credential((Certificate(b"DER"),)), "capabilities": capabilities}


def test_everybody_understands_a_newcomers_credential() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    message = forge_commit(whole.groups["alice"], Add(with_leaf(dave.key_package(), dave, **x509(dave))))
    assert whole.refused(message, "alice") == "credential_unsupported"


@breaks("RFC9420-7.3-CREDENTIAL-UNSUPPORTED")
def test_a_newcomer_understands_everybodys_credential() -> None:
    whole = WholeGroup.of(*NAMES)
    dave = whole.person("dave")
    fields = x509(dave)
    fields["capabilities"] = replace(dave.identity.capabilities, credentials=(CredentialType.x509,))
    message = forge_commit(whole.groups["alice"], Add(with_leaf(dave.key_package(), dave, **fields)))
    assert whole.refused(message, "alice") == "credential_unsupported"


def test_a_roster_forgets_who_leaves() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, bob, carol = whole.service.members()
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
