"""What every commit has to fulfil, and what becomes of an accepted one."""

from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.proposals.proposals import Add, GroupContextExtensions, Remove
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime
from simulator.services.commands import (
    AddClients,
    AddUsers,
    DeleteGroup,
    GroupUpdate,
    ReInitializeGroup,
    RemoveClients,
    RemoveUsers,
    UpdateClient,
)
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import NOW, SUITE, Bench, Client, as_member, recipients, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")


def updating(client: Client, **options: object) -> UpdateClient:
    return UpdateClient(update_of(client.commit(force_path=True, **options)))


def test_the_group_moves_on_with_a_signed_group_info(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(force_path=True)
    bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert record.public.to_bytes() == bundle.next.public.to_bytes()
    assert record.group_info == mls_message(bundle.group_info)
    assert isinstance(record.group_info.body, GroupInfo)


def test_one_commit_wins_an_epoch(bench: Bench, alice: Client) -> None:
    bob = bench.client("bob.phone@b")
    first, second = updating(alice), updating(bob)
    epoch = bob.group.epoch
    bench.serve(as_member(alice, first))
    refusal = bench.refused(Code.wrong_epoch, as_member(bob, second))
    assert refusal.current_epoch == epoch + 1
    assert str(refusal.named("add_users", "a.example")) == (
        f"add_users rejected by a.example: epoch {epoch} is over, the group is at {epoch + 1} "
        "(wrong_epoch, RFC 9420 section 14)"
    )


@breaks("P-4-ONE-COMMIT")
def test_a_commit_from_the_future(bench: Bench, alice: Client) -> None:
    alice.joined = alice.commit(force_path=True).next
    assert "has not begun" in bench.refused(Code.wrong_epoch, as_member(alice, updating(alice))).rule


@breaks("P-4-SENDER-INDEX/COMMIT")
def test_what_is_signed_as_a_member_is_committed_by_that_member(bench: Bench, alice: Client) -> None:
    bob = bench.client("bob.phone@b")
    rule = bench.refused(Code.not_authorized, as_member(bob, updating(alice))).rule
    assert rule == "leaf 1 signed the request, but not the commit in it"


@breaks("DS-STATE-UPDATE-PUBLIC")
def test_a_group_update_is_a_public_commit(bench: Bench, alice: Client) -> None:
    honest = update_of(alice.commit(force_path=True))
    private = alice.commit(force_path=True, private=True).message
    proposal, _ = alice.group.propose(Remove(0), alice.rand)
    for message in (private, proposal, mls_message(alice.group.group_info())):
        update = UpdateClient(replace(honest, commit=message))
        assert "no PublicMessage with a commit" in bench.refused(Code.invalid_commit, as_member(alice, update)).rule


@breaks("DS-STATE-UPDATE-COMMIT")
def test_a_commit_is_signed_by_its_sender(bench: Bench, alice: Client) -> None:
    update = update_of(alice.commit(force_path=True))
    public = update.commit.body
    assert isinstance(public, PublicMessage)
    forged = replace(update, commit=mls_message(replace(public, signature=bytes(64))))
    bench.refused(Code.invalid_signature, as_member(alice, UpdateClient(forged)))


def test_what_members_reject_is_rejected(bench: Bench, alice: Client) -> None:
    """The committer's view is one proposal ahead, so its commit refers to one nobody else has seen."""
    _, alice.joined = alice.group.propose(Remove(2), alice.rand)
    request = as_member(alice, UpdateClient(update_of(alice.commit())))
    refusal = bench.refused(Code.invalid_commit, request)
    assert "has not seen" in refusal.rule
    assert refusal.section == "RFC 9420 12.4"


@breaks("DS-STATE-UPDATE-GROUP-INFO/VALID")
def test_the_group_info_is_signed_by_the_committer(bench: Bench, alice: Client) -> None:
    update = update_of(alice.commit(force_path=True))
    for wrong in (
        replace(update, signature=bytes(64)),
        replace(update, extensions=(*update.extensions, *extensions.leaf_extensions((1,)))),
    ):
        assert "GroupInfo" in bench.refused(Code.invalid_group_info, as_member(alice, UpdateClient(wrong))).rule


@breaks("DS-STATE-UPDATE-GROUP-INFO/EXTERNAL-PUB")
def test_the_group_info_lets_others_join_from_outside(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(force_path=True)
    closed = bundle.next.group_info(())
    update = GroupUpdate(bundle.message, closed.extensions, closed.signature)
    assert "external_pub" in bench.refused(Code.invalid_group_info, as_member(alice, UpdateClient(update))).rule


@pytest.mark.parametrize(
    ("command", "rule"),
    [
        (AddUsers, "DS-ADD-USERS-VALIDATION-2"),
        (AddClients, "DS-ADD-CLIENTS-VALIDATION-2"),
        (RemoveUsers, "DS-REMOVE-USERS-VALIDATION-2"),
        (RemoveClients, "DS-REMOVE-CLIENTS-VALIDATION-2"),
        (UpdateClient, "DS-UPDATE-CLIENT-VALIDATION-2/UPDATE-CLIENT"),
        (DeleteGroup, "DS-UPDATE-CLIENT-VALIDATION-2/DELETE-GROUP"),
        (ReInitializeGroup, "DS-UPDATE-CLIENT-VALIDATION-2/RE-INITIALIZE"),
    ],
)
def test_the_sender_keeps_its_credential(bench: Bench, alice: Client, command: type[Any], rule: str) -> None:
    other = replace(alice.identity, credential=BasicCredential(b"mimi://a.example/d/mallory/phone"))
    update = update_of(alice.commit(identity=other, force_path=True))
    made = command(update, ()) if command in (AddUsers, AddClients) else command(update)
    with breaks(rule):
        assert "credential" in bench.refused(Code.invalid_leaf_node, as_member(alice, made)).rule


def test_the_sender_keeps_speaking_the_version(bench: Bench, alice: Client) -> None:
    request = as_member(alice, updating(alice, leaf_extensions=extensions.leaf_extensions((2,))))
    assert "mimi_ds_versions" in bench.refused(Code.invalid_leaf_node, request).rule


def test_the_groups_version_never_changes(bench: Bench, alice: Client) -> None:
    proposal = GroupContextExtensions(alice.group.public.context.extensions[1:])
    for command in (UpdateClient, RemoveUsers):
        request = as_member(alice, command(update_of(alice.commit(proposal))))
        assert "GroupContextExtensions" in bench.refused(Code.invalid_commit, request).rule


def test_a_new_key_counts_from_the_next_epoch(bench: Bench, alice: Client) -> None:
    rotated = alice.identity.with_new_key(SUITE, alice.rand)
    bundle = alice.commit(force_path=True, identity=rotated)
    assert (
        "has registered"
        in bench.refused(Code.invalid_leaf_node, as_member(alice, UpdateClient(update_of(bundle)))).rule
    )
    bench.register(replace(alice, identity=rotated))
    bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    bench.follow(alice, bundle)
    bench.refused(Code.invalid_signature, as_member(alice, updating(alice)))
    alice.identity = rotated
    bench.serve(as_member(alice, updating(alice)))


def test_everybody_but_the_sender_gets_the_commit(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(force_path=True)
    _, effects = bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    assert recipients(effects, bundle.message) == {
        "b.example": (bench.client("bob.phone@b").uri,),
        "c.example": (bench.client("carol.phone@c").uri,),
    }


def test_an_expired_joiner_is_not_waited_for(bench: Bench, alice: Client) -> None:
    dave = bench.client("dave.phone@a")
    bundle = alice.commit(Add(dave.key_package(lifetime=Lifetime(NOW - 10, NOW + 10))))
    bench.serve(as_member(alice, AddUsers(update_of(bundle), bundle.welcomes)))
    alice.joined = bundle.next
    epoch = bundle.next.epoch
    assert epoch in bench.store.groups.epochs(alice.group.group_id)
    bench.now += 11
    bench.serve(as_member(alice, updating(alice)))
    assert epoch not in bench.store.groups.epochs(alice.group.group_id)
