"""The owner is the authority on its own names: whatever brings a leaf of its domain, the directory has to know it."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.proposals.proposals import Add, Remove
from simulator.services.commands import (
    AddClients,
    AddUsers,
    ExternalJoin,
    FetchJoinInfo,
    FetchTree,
    Leave,
    RemoveUsers,
    SendMessage,
    UpdateClient,
)
from simulator.services.refusal import Code
from simulator.services.results import GroupSnapshot
from tests.breaking import breaks
from tests.services.bench import SUITE, Bench, Client, as_client, as_joiner, as_member, creation, new_group, update_of

NOBODY, NO_DEVICE, NO_KEY = "nobody", "no such device", "another key"

KINDS = pytest.mark.parametrize("kind", [NOBODY, NO_DEVICE, NO_KEY])


@pytest.fixture
def mallory(bench: Bench) -> Client:
    """A guest in a group of alice, in which adam is, and al is not, though both are users of the owner."""
    bench.found("alice.phone@a", "adam.phone@a", "mallory.phone@m")
    bench.client("al.phone@a")
    return bench.client("mallory.phone@m")


def made_up(kind: str, user: str) -> Client:
    """A client in a name of a.example, with a key that its maker has."""
    uri = {
        NOBODY: "mimi://a.example/d/nobody/phone",
        NO_DEVICE: f"mimi://a.example/d/{user}/shadow",
        NO_KEY: f"mimi://a.example/d/{user}/phone",
    }[kind]
    client = replace(Client.of(uri), rand=SeededRand(8, uri))
    client.identity = client.identity.with_new_key(SUITE, client.rand)
    return client


def expected(kind: str) -> Code:
    return Code.invalid_leaf_node if kind is NO_KEY else Code.unknown_user


@KINDS
def test_a_guest_adds_no_user_of_ours_that_it_made_up(bench: Bench, mallory: Client, kind: str) -> None:
    bundle = mallory.commit(Add(made_up(kind, "al").key_package()))
    bench.refused(expected(kind), as_member(mallory, AddUsers(update_of(bundle), bundle.welcomes)))


@breaks("P-4-OWN-NAMES/CLIENT")
def test_nor_a_device_of_a_user_in_the_group(bench: Bench, mallory: Client) -> None:
    bundle = mallory.commit(Add(made_up(NO_DEVICE, "adam").key_package()))
    bench.refused(Code.unknown_user, as_member(mallory, AddClients(update_of(bundle), bundle.welcomes)))


def test_one_made_up_client_among_real_ones_is_enough(bench: Bench, mallory: Client) -> None:
    adds = [bench.client("al.phone@a"), bench.client("bob.phone@b"), made_up(NO_DEVICE, "al")]
    bundle = mallory.commit(*(Add(client.key_package()) for client in adds))
    bench.refused(Code.unknown_user, as_member(mallory, AddUsers(update_of(bundle), bundle.welcomes)))


@breaks("P-4-OWN-NAMES/KEY")
def test_a_member_of_ours_makes_up_nobody_either(bench: Bench, mallory: Client) -> None:
    alice = bench.client("alice.phone@a")
    bundle = alice.commit(Add(made_up(NO_KEY, "al").key_package()))
    bench.refused(Code.invalid_leaf_node, as_member(alice, AddUsers(update_of(bundle), bundle.welcomes)))


@pytest.mark.parametrize("adds", [True, False])
def test_a_path_brings_no_key_that_is_not_registered(bench: Bench, mallory: Client, adds: bool) -> None:
    adam = bench.client("adam.phone@a")
    identity = adam.identity.with_new_key(SUITE, adam.rand)
    proposals = [Add(bench.client("bob.phone@b").key_package())] if adds else []
    bundle = adam.commit(*proposals, identity=identity, force_path=True)
    update = update_of(bundle)
    command = AddUsers(update, bundle.welcomes) if adds else UpdateClient(update)
    assert "registered" in bench.refused(Code.invalid_leaf_node, as_member(adam, command)).rule


@breaks("P-4-OWN-KEYS/CLIENT")
def test_a_device_that_was_taken_off_the_account_does_nothing_more(bench: Bench, mallory: Client) -> None:
    """Its leaf is there until somebody commits its removal; but nobody is called that any more."""
    adam, bob = bench.client("adam.phone@a"), bench.client("bob.phone@b")
    group = adam.group
    adding = adam.commit(Add(bob.key_package()))
    leaving, _ = group.propose(Remove(group.own_index), adam.rand)
    bench.do(lambda context: context.store.users.remove_client(adam.uri))
    for command in (
        UpdateClient(update_of(adam.commit(force_path=True))),
        AddUsers(update_of(adding), adding.welcomes),
        RemoveUsers(update_of(adam.commit(Remove(mallory.group.own_index)))),
        Leave(leaving),
        SendMessage(group.encrypt(b"still here", adam.rand)[0]),
    ):
        assert adam.uri in bench.refused(Code.unknown_user, as_member(adam, command)).rule
    bench.refused(Code.unknown_user, as_client(adam, FetchJoinInfo(group.group_id)))


def test_nor_where_another_device_has_its_name_now(bench: Bench, mallory: Client) -> None:
    """A phone is stolen, taken off the account, and a new one is called `phone`, too."""
    adam, bob, al = bench.client("adam.phone@a"), bench.client("bob.phone@b"), bench.client("al.phone@a")
    inviting = mallory.commit(Add(al.key_package()))
    bench.serve(as_member(mallory, AddUsers(update_of(inviting), inviting.welcomes)))
    bench.follow(mallory, inviting)
    adding = adam.commit(Add(bob.key_package()))
    leaving, _ = adam.group.propose(Remove(adam.group.own_index), adam.rand)
    for client in (adam, al):
        bench.do(lambda context, client=client: context.store.users.remove_client(client.uri))
        bench.register(replace(client, identity=client.identity.with_new_key(SUITE, client.rand)))
    for command in (
        AddUsers(update_of(adding), adding.welcomes),
        UpdateClient(update_of(adam.commit(force_path=True))),
        Leave(leaving),
        SendMessage(adam.group.encrypt(b"still here", adam.rand)[0]),
    ):
        assert "has registered" in bench.refused(Code.invalid_signature, as_member(adam, command)).rule
    joining = FetchTree(inviting.next.group_id, inviting.next.epoch)
    assert "has registered" in bench.refused(Code.invalid_signature, as_joiner(al, joining)).rule


def test_nor_does_it_join_by_a_welcome_that_came_before(bench: Bench, mallory: Client) -> None:
    al = bench.client("al.phone@a")
    bundle = mallory.commit(Add(al.key_package()))
    bench.serve(as_member(mallory, AddUsers(update_of(bundle), bundle.welcomes)))
    asked = FetchTree(bundle.next.group_id, bundle.next.epoch)
    bench.serve(as_joiner(al, asked))
    bench.do(lambda context: context.store.users.remove_client(al.uri))
    bench.refused(Code.unknown_user, as_joiner(al, asked))


@pytest.mark.parametrize("kind", [NO_DEVICE, NO_KEY])
def test_nobody_joins_from_outside_as_a_client_of_ours(bench: Bench, mallory: Client, kind: str) -> None:
    """The signature comes before the leaf: a key that is not registered proves nothing (PROTOCOL.md, Errors)."""
    shadow = made_up(kind, "adam")
    code = Code.unknown_user if kind is NO_DEVICE else Code.invalid_signature
    bench.refused(code, as_client(shadow, FetchJoinInfo(mallory.group.group_id)))
    bench.refused(code, joining_from_outside(bench, mallory, shadow))


def joining_from_outside(bench: Bench, insider: Client, joiner: Client) -> GroupRequest:
    snapshot, _ = bench.serve(as_client(insider, FetchJoinInfo(insider.group.group_id)))
    assert isinstance(snapshot, GroupSnapshot)
    assert isinstance(snapshot.group_info.body, GroupInfo)
    bundle = Group.external_join(snapshot.group_info.body, snapshot.ratchet_tree, joiner.identity, joiner.rand)
    return as_client(joiner, ExternalJoin(update_of(bundle)))


@KINDS
def test_nobody_creates_a_group_as_a_client_of_ours(bench: Bench, mallory: Client, kind: str) -> None:
    shadow = made_up(kind, "al")
    shadow.joined = new_group(bench, shadow, name="2")
    code = Code.invalid_signature if kind is NO_KEY else Code.unknown_user
    bench.refused(code, creation(shadow))


def test_who_is_registered_may_do_all_of_that(bench: Bench, mallory: Client) -> None:
    laptop, al = bench.client("adam.laptop@a"), bench.client("al.phone@a")
    bundle = mallory.commit(Add(al.key_package()))
    bench.serve(as_member(mallory, AddUsers(update_of(bundle), bundle.welcomes)))
    bench.follow(mallory, bundle)
    bench.serve(joining_from_outside(bench, mallory, laptop))
    laptop.joined = new_group(bench, laptop, name="2")
    bench.serve(creation(laptop))


def test_of_another_providers_clients_the_owner_knows_nothing(bench: Bench, mallory: Client) -> None:
    """Only their own provider could tell (PROTOCOL.md): the owner learns it from that provider's first answer."""
    stranger = Client.of("mimi://b.example/d/nobody/phone")
    bundle = mallory.commit(Add(stranger.key_package()))
    bench.serve(as_member(mallory, AddUsers(update_of(bundle), bundle.welcomes)))
