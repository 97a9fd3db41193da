"""Rules 12 and 15: when a Commit has a path, and what the path's leaf and keys are by themselves."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.fuzzing.whole_group import LIFETIME, PRIVATE_USE, WholeGroup, addition, removal
from simulator.mls.extensions.extension import Extension
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import GroupContextExtensions, PreSharedKey, ReInit
from simulator.mls.tree.leaf_node import KeyPackageSource, LeafPlace, UpdateSource
from tests.breaking import breaks
from tests.mls.frankenstein import commit_of, forge_commit, resigned_leaf, with_path

NAMES = ("alice", "bob", "carol", "dave")


def test_an_empty_commit_has_a_path() -> None:
    whole = WholeGroup.of(*NAMES)
    assert whole.refused(forge_commit(whole.groups["alice"]), "alice") == "path_missing"


@breaks("RFC9420-12.4-PATH-MISSING/MEMBER")
def test_a_commit_has_a_path_if_a_proposal_asks_for_it() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    assert whole.refused(forge_commit(alice, removal(whole, "bob")), "alice") == "path_missing"
    assert whole.refused(forge_commit(alice, GroupContextExtensions(())), "alice") == "path_missing"
    mixed = forge_commit(alice, addition(whole, "erin"), removal(whole, "bob"))
    assert whole.refused(mixed, "alice") == "path_missing"
    whole.propose_update("bob")
    update = commit_of(whole.prepare("alice").message)
    assert whole.refused(forge_commit(alice, *update.proposals), "alice") == "path_missing"


def test_these_do_without_a_path() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.psks = PSKStore({b"psk": b"secret"})
    psk = PreSharedKey(PreSharedKeyID(ExternalPSK(b"psk"), bytes(32)))
    for proposals in ((addition(whole, "erin"),), (psk,), (psk, addition(whole, "frank")), (ReInit(b"", 1, 1, ()),)):
        assert commit_of(whole.commit("alice", *proposals).message).path is None


def path_leaf_refused(*, place: LeafPlace | None = None, signer: str = "alice", **changes: Any) -> str:
    """By which rule a Commit is refused whose path has another leaf."""
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    place = place or LeafPlace(alice.group_id, alice.own_index)
    message = with_path(
        alice,
        whole.prepare("alice").message,
        lambda path: replace(path, leaf_node=resigned_leaf(path.leaf_node, whole.people[signer], place, **changes)),
    )
    return whole.refused(message, "alice")


@breaks("RFC9420-7.3-INVALID-SIGNATURE")
def test_the_leaf_of_a_path_is_signed_for_its_place() -> None:
    assert path_leaf_refused(place=LeafPlace(b"another group", 0)) == "invalid_signature"
    assert path_leaf_refused(place=LeafPlace(b"room", 1)) == "invalid_signature"
    assert path_leaf_refused(signer="bob") == "invalid_signature"


@pytest.mark.parametrize("source", [UpdateSource(), KeyPackageSource(LIFETIME)])
def test_the_leaf_of_a_path_says_so(source: UpdateSource | KeyPackageSource) -> None:
    in_place = LeafPlace(b"room", 0) if isinstance(source, UpdateSource) else None
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    message = with_path(
        alice,
        whole.prepare("alice").message,
        lambda path: replace(
            path, leaf_node=resigned_leaf(path.leaf_node, whole.people["alice"], in_place, source=source)
        ),
    )
    assert whole.refused(message, "alice") == "wrong_source"


def test_the_leaf_of_a_path_lists_what_it_uses() -> None:
    assert path_leaf_refused(extensions=(Extension(0xF0F0, b""),)) == "extension_not_listed"
    twice = Extension(PRIVATE_USE, b"")
    assert path_leaf_refused(extensions=(twice, twice)) == "duplicate_extension"
    assert path_leaf_refused(encryption_key=b"short") == "invalid_encryption_key"


@breaks("RFC9420-5.1.1-INVALID-PATH-KEY")
def test_the_keys_of_a_path_are_keys() -> None:
    whole = WholeGroup.of(*NAMES)
    alice = whole.groups["alice"]
    message = with_path(
        alice,
        whole.prepare("alice").message,
        lambda path: replace(path, nodes=(replace(path.nodes[0], encryption_key=b"short"), *path.nodes[1:])),
    )
    assert whole.refused(message, "alice") == "invalid_path_key"
