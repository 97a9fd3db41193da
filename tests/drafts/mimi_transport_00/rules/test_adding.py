"""add_users and add_clients: who may come, and who hears of it."""

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.extensions.extension import Extension
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import Add, PreSharedKey, Remove
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services.commands import AddClients, AddUsers
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import NOW, Bench, Client, as_member, recipients, update_of


def adding(client: Client, *proposals: Add | Remove, users: bool = True, **options: object) -> GroupRequest:
    bundle = client.commit(*proposals, **options)
    command = AddUsers if users else AddClients
    return as_member(client, command(update_of(bundle), bundle.welcomes))


def test_added_clients_get_one_welcome_per_provider_and_members_the_commit(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "carol.phone@c", "dave.phone@a")
    joiners = [bench.client(name) for name in ("bob.phone@b", "bob.laptop@b", "erin.phone@c", "frank.phone@a")]
    bundle = alice.commit(*(Add(joiner.key_package()) for joiner in joiners))
    _, effects = bench.serve(as_member(alice, AddUsers(update_of(bundle), bundle.welcomes)))
    carol, dave = bench.client("carol.phone@c"), bench.client("dave.phone@a")
    assert recipients(effects, bundle.message) == {"c.example": (carol.uri,), "own": (dave.uri,)}
    assert len(bundle.welcomes) == 3
    welcomed = [recipients(effects, welcome) for welcome in bundle.welcomes]
    assert {"b.example": (joiners[0].uri, joiners[1].uri)} in welcomed
    assert {"c.example": (joiners[2].uri,)} in welcomed
    assert {"own": (joiners[3].uri,)} in welcomed
    assert {effect.delivery.operation for effect in effects} == {"deliver_message"}


@breaks("DS-ADD-USERS-VALIDATION-3")
def test_a_user_in_the_group_is_not_added_again(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    request = adding(alice, Add(bench.client("bob.laptop@b").key_package()))
    assert "is in the group" in bench.refused(Code.invalid_proposal, request).rule


@breaks("DS-ADD-USERS-VALIDATION-1/CONTENTS")
def test_adding_users_is_only_adding(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    request = adding(alice, Add(bench.client("carol.phone@c").key_package()), Remove(1))
    assert "kind Remove" in bench.refused(Code.invalid_commit, request).rule


@pytest.mark.parametrize(
    ("users", "rule"),
    [(True, "DS-ADD-USERS-VALIDATION-1/SOMEBODY"), (False, "DS-ADD-CLIENTS-VALIDATION-1/SOMEBODY")],
)
def test_somebody_has_to_be_added(bench: Bench, users: bool, rule: str) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    with breaks(rule):
        assert bench.refused(Code.invalid_commit, adding(alice, users=users)).rule == "the commit adds nobody"


@breaks("DS-ADD-USERS-VALIDATION-1/PSK")
def test_a_psk_that_is_not_for_reinitialization_is_refused(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    psk = PreSharedKeyID(ExternalPSK(b"shared"), bytes(32))
    store = PSKStore(external={b"shared": bytes(32)})
    request = adding(alice, Add(bench.client("bob.phone@b").key_package()), PreSharedKey(psk), psks=store)
    assert "PSK" in bench.refused(Code.invalid_commit, request).rule


@breaks("DS-ADD-USERS-VALIDATION-4")
def test_connection_key_packages_are_for_connection_groups(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    request = adding(alice, Add(bench.client("bob.phone@b").key_package(connection=True)))
    assert "marked for connections" in bench.refused(Code.invalid_leaf_node, request).rule


def test_welcomes_of_a_connection_group_are_connection_requests(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", connection=True)
    laptop = bench.client("bob.laptop@b")
    bundle = alice.commit(Add(laptop.key_package()))
    _, effects = bench.serve(as_member(alice, AddClients(update_of(bundle), bundle.welcomes)))
    operations = {effect.delivery.recipients: effect.delivery.operation for effect in effects}
    bob = bench.client("bob.phone@b").uri
    assert operations == {(bob,): "deliver_message", (laptop.uri,): "connection_request"}


@breaks("DS-TERMS-CONNECTION-GROUP")
def test_a_connection_group_is_for_two_users(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", connection=True)
    request = adding(alice, Add(bench.client("carol.phone@c").key_package(connection=True)))
    assert "two users" in bench.refused(Code.invalid_proposal, request).rule


def test_clients_of_users_in_the_group_are_added(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    laptop = bench.client("bob.laptop@b")
    bundle = alice.commit(Add(laptop.key_package()))
    _, effects = bench.serve(as_member(alice, AddClients(update_of(bundle), bundle.welcomes)))
    assert recipients(effects, bundle.message) == {"b.example": (bench.client("bob.phone@b").uri,)}
    assert recipients(effects, bundle.welcomes[0]) == {"b.example": (laptop.uri,)}


@breaks("DS-ADD-CLIENTS-VALIDATION-3")
def test_clients_of_others_are_not_added_as_clients(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b")
    request = adding(alice, Add(bench.client("carol.phone@c").key_package()), users=False)
    assert "no user in the group" in bench.refused(Code.invalid_proposal, request).rule


@breaks("DS-ADD-CLIENTS-VALIDATION-1/CONTENTS")
def test_adding_clients_is_only_adding(bench: Bench) -> None:
    alice = bench.found("alice.phone@a", "bob.phone@b", "bob.tablet@b")
    request = adding(alice, Add(bench.client("bob.laptop@b").key_package()), Remove(1), users=False)
    assert "kind Remove" in bench.refused(Code.invalid_commit, request).rule


def test_an_expired_key_package_is_refused(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    request = adding(alice, Add(bench.client("bob.phone@b").key_package(lifetime=Lifetime(NOW - 100, NOW + 100))))
    bench.now += 200
    assert "valid until" in bench.refused(Code.invalid_leaf_node, request).rule


@breaks("DS-VERSION-LEAF/GROUP")
def test_a_client_that_does_not_speak_the_version_is_refused(bench: Bench) -> None:
    alice = bench.found("alice.phone@a")
    other = bench.client("bob.phone@b").key_package(leaf_extensions=extensions.leaf_extensions((2,)))
    silent = bench.client("bob.phone@b").key_package(leaf_extensions=(Extension(extensions.LAST_RESORT, b""),))
    for key_package, says in ((other, "[2]"), (silent, "none")):
        rule = bench.refused(Code.invalid_leaf_node, adding(alice, Add(key_package))).rule
        assert "mimi_ds_versions" in rule
        assert says in rule
