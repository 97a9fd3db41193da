"""remove_users, remove_clients, self_remove_client, delete_group."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00.rules.removals_by_provider import clients_gone
from simulator.mls.framing.framing import ExternalSender, PublicMessage
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.proposals import Add, Remove
from simulator.services.commands import (
    AddClients,
    DeleteGroup,
    Leave,
    RemoveClients,
    RemoveUsers,
    UpdateClient,
)
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import Bench, Client, as_member, creation, recipients, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    """alice.phone at leaf 0; then bob.phone, bob.laptop, carol.phone, alice.laptop."""
    phone, laptop = (
        bench.found("alice.phone@a", "bob.phone@b", "bob.laptop@b", "carol.phone@c"),
        bench.client("alice.laptop@a"),
    )
    bundle = phone.commit(Add(laptop.key_package()))
    bench.serve(as_member(phone, AddClients(update_of(bundle), bundle.welcomes)))
    bench.follow(phone, bundle)
    bench.join(laptop, bundle)
    return phone


def leaf(bench: Bench, name: str) -> int:
    return bench.client(name).group.own_index


def leave(bench: Bench, name: str) -> None:
    """A client proposes its own removal, and everybody hears of it."""
    leaver = bench.client(name)
    message, leaver.joined = leaver.group.propose(Remove(leaver.group.own_index), leaver.rand)
    bench.serve(as_member(leaver, Leave(message)))
    for client in bench.clients.values():
        if client is not leaver:
            client.hear(message)


def test_a_removed_user_hears_of_it(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(Remove(leaf(bench, "bob.phone@b")), Remove(leaf(bench, "bob.laptop@b")))
    _, effects = bench.serve(as_member(alice, RemoveUsers(update_of(bundle))))
    assert recipients(effects, bundle.message) == {
        "b.example": (bench.client("bob.phone@b").uri, bench.client("bob.laptop@b").uri),
        "c.example": (bench.client("carol.phone@c").uri,),
        "own": (bench.client("alice.laptop@a").uri,),
    }


@breaks("DS-REMOVE-USERS-VALIDATION-3")
def test_a_user_is_removed_as_a_whole(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(Remove(leaf(bench, "bob.phone@b")))
    rule = bench.refused(Code.invalid_commit, as_member(alice, RemoveUsers(update_of(bundle)))).rule
    assert rule.endswith("mimi://b.example/d/bob/laptop would stay")


def test_what_leaves_by_an_earlier_proposal_counts(bench: Bench, alice: Client) -> None:
    leave(bench, "bob.laptop@b")
    bundle = alice.commit(Remove(leaf(bench, "bob.phone@b")))
    bench.serve(as_member(alice, RemoveUsers(update_of(bundle))))
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert {member.leaf_index for member in record.public.members()} == {0, 3, 4}


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (RemoveUsers, "DS-REMOVE-USERS-VALIDATION-1/SOMEBODY"),
        (RemoveClients, "DS-REMOVE-CLIENTS-VALIDATION-1/SOMEBODY"),
    ],
)
def test_somebody_is_removed_by_the_commit_itself(
    bench: Bench, alice: Client, command: type[RemoveUsers] | type[RemoveClients], rule: str
) -> None:
    leave(bench, "bob.laptop@b")
    bundle = alice.commit()
    with breaks(rule):
        assert "removes nobody" in bench.refused(Code.invalid_commit, as_member(alice, command(update_of(bundle)))).rule


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (RemoveUsers, "DS-REMOVE-USERS-VALIDATION-1/CONTENTS"),
        (RemoveClients, "DS-REMOVE-CLIENTS-VALIDATION-1/CONTENTS"),
        (DeleteGroup, "DS-DELETE-GROUP-VALIDATION-1/CONTENTS"),
    ],
)
def test_removing_is_only_removing(bench: Bench, alice: Client, command: type[RemoveUsers], rule: str) -> None:
    bundle = alice.commit(Remove(leaf(bench, "carol.phone@c")), Add(bench.client("dave.phone@a").key_package()))
    with breaks(rule):
        assert "kind Add" in bench.refused(Code.invalid_commit, as_member(alice, command(update_of(bundle)))).rule


def test_own_clients_are_removed(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(Remove(leaf(bench, "alice.laptop@a")))
    _, effects = bench.serve(as_member(alice, RemoveClients(update_of(bundle))))
    assert recipients(effects, bundle.message)["own"] == (bench.client("alice.laptop@a").uri,)


@breaks("DS-REMOVE-CLIENTS-VALIDATION-3")
def test_others_clients_are_not_removed_one_by_one(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(Remove(leaf(bench, "alice.laptop@a")), Remove(leaf(bench, "bob.phone@b")))
    rule = bench.refused(Code.invalid_proposal, as_member(alice, RemoveClients(update_of(bundle)))).rule
    assert "single clients of mimi://b.example/u/bob" in rule


def test_leaving_is_proposed_to_everybody_else(bench: Bench, alice: Client) -> None:
    carol = bench.client("carol.phone@c")
    message, _ = carol.group.propose(Remove(carol.group.own_index), carol.rand)
    _, effects = bench.serve(as_member(carol, Leave(message)))
    assert recipients(effects, message) == {
        "own": (alice.uri, bench.client("alice.laptop@a").uri),
        "b.example": (bench.client("bob.phone@b").uri, bench.client("bob.laptop@b").uri),
    }


@breaks("DS-SELF-REMOVE-VALIDATION-2")
def test_one_leaves_only_oneself(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.propose(Remove(leaf(bench, "carol.phone@c")), alice.rand)
    assert "somebody else" in bench.refused(Code.invalid_proposal, as_member(alice, Leave(message))).rule


@breaks("DS-SELF-REMOVE-VALIDATION-1")
def test_leaving_is_a_remove(bench: Bench, alice: Client) -> None:
    add, _ = alice.group.propose(Add(bench.client("dave.phone@a").key_package()), alice.rand)
    private, _ = alice.group.propose(Remove(0), alice.rand, private=True)
    for message in (add, private, alice.commit().message):
        rule = bench.refused(Code.invalid_proposal, as_member(alice, Leave(message))).rule
        assert rule == "the message is no PublicMessage with a Remove"


@breaks("P-4-SENDER-INDEX/PROPOSAL")
def test_a_proposal_of_another_member_is_not_ones_own(bench: Bench, alice: Client) -> None:
    carol = bench.client("carol.phone@c")
    message, _ = carol.group.propose(Remove(carol.group.own_index), carol.rand)
    assert "but not the proposal" in bench.refused(Code.not_authorized, as_member(alice, Leave(message))).rule
    public = message.body
    assert isinstance(public, PublicMessage)
    outside = mls_message(
        replace(public, content=replace(public.content, sender=ExternalSender(0)), membership_tag=None)
    )
    bench.refused(Code.not_authorized, as_member(carol, Leave(outside)))


@breaks("DS-REQUEST-AS-MEMBER/VALID")
def test_a_forged_proposal_is_refused(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.propose(Remove(0), alice.rand)
    public = message.body
    assert isinstance(public, PublicMessage)
    forged = mls_message(replace(public, signature=bytes(64)))
    bench.refused(Code.invalid_signature, as_member(alice, Leave(forged)))


@breaks("DS-REQUEST-AS-MEMBER/EPOCH")
def test_a_proposal_of_another_epoch_is_refused(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.propose(Remove(0), alice.rand)
    bundle = alice.commit(Remove(leaf(bench, "alice.laptop@a")))
    bench.serve(as_member(alice, RemoveClients(update_of(bundle))))
    refusal = bench.refused(Code.wrong_epoch, as_member(alice, Leave(message)))
    assert refusal.current_epoch == bundle.next.epoch


def test_a_deleted_group_is_gone(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(*(Remove(index) for index in range(1, 5)))
    _, effects = bench.serve(as_member(alice, DeleteGroup(update_of(bundle))))
    assert sum(len(clients) for clients in recipients(effects, bundle.message).values()) == 4
    bench.refused(Code.unknown_group, as_member(alice, DeleteGroup(update_of(bundle))))
    bench.refused(Code.invalid_group_id, creation(alice))


@breaks("DS-DELETE-GROUP-VALIDATION-1/EVERYBODY")
def test_nobody_stays_in_a_deleted_group(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(*(Remove(index) for index in range(1, 4)))
    rule = bench.refused(Code.invalid_commit, as_member(alice, DeleteGroup(update_of(bundle)))).rule
    assert rule == f"{bench.client('alice.laptop@a').uri} would stay"


def test_a_group_of_one_is_deleted_without_removing_anybody(bench: Bench) -> None:
    alone = bench.found("dave.phone@a")
    bench.serve(as_member(alone, DeleteGroup(update_of(alone.commit()))))
    assert bench.store.groups.ids() == ()


def proposal_of(client: Client, data: bytes) -> Leave:
    """One of the many different proposals by which a client can ask for one and the same."""
    message, _ = client.group.propose(Remove(client.group.own_index), client.rand, authenticated_data=data)
    return Leave(message)


@breaks("P-4-ONE-REMOVAL")
def test_a_client_leaves_once_in_an_epoch(bench: Bench, alice: Client) -> None:
    """Else each of its proposals would be kept and fanned out, and the next commit would be as long as all of them."""
    carol = bench.client("carol.phone@c")
    bench.serve(as_member(carol, proposal_of(carol, b"")))
    for data in (b"1", b"2"):
        refusal = bench.refused(Code.invalid_proposal, as_member(carol, proposal_of(carol, data)))
        assert "once is enough" in refusal.rule
    bundle = alice.commit(force_path=True, include_references=False)
    bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    bench.follow(alice, bundle)
    bench.serve(as_member(carol, proposal_of(carol, b"in another epoch")))
    bob = bench.client("bob.phone@b")
    bench.serve(as_member(bob, proposal_of(bob, b"another leaf")))


def test_whose_removal_the_provider_has_proposed_need_not_leave(bench: Bench, alice: Client) -> None:
    carol = bench.client("carol.phone@c")
    bench.do(lambda context: clients_gone(alice.group.group_id, [carol.uri], context))
    assert "once is enough" in bench.refused(Code.invalid_proposal, as_member(carol, proposal_of(carol, b""))).rule
