"""external_join, welcome_info, external_commit_info."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00 import extensions
from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.received import CommitBundle
from simulator.mls.group import Group
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.key_schedule.psk import ExternalPSK, PreSharedKeyID, ResumptionPSK, ResumptionPSKUsage
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.proposals.proposals import Remove
from simulator.services.asker import AsClient
from simulator.services.commands import (
    ExternalJoin,
    FetchJoinInfo,
    FetchTree,
    GroupCommand,
    Leave,
    RemoveUsers,
    SendMessage,
    UpdateClient,
)
from simulator.services.refusal import Code
from simulator.services.results import GroupSnapshot, JoinerTree
from tests.breaking import breaks
from tests.services.bench import (
    LIFETIME,
    Bench,
    Client,
    as_client,
    as_joiner,
    as_member,
    recipients,
    request,
    update_of,
)


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")


def outside(bench: Bench, client: Client, group: Group, **options: object) -> CommitBundle:
    """An external commit from what the provider tells clients of the group's users."""
    asker = next(known for known in bench.clients.values() if known.joined is not None)
    snapshot, _ = bench.serve(as_client(asker, FetchJoinInfo(group.group_id)))
    assert isinstance(snapshot, GroupSnapshot)
    info = snapshot.group_info.body
    assert isinstance(info, GroupInfo)
    return Group.external_join(info, snapshot.ratchet_tree, client.identity, client.rand, **options)


def joining(client: Client, bundle: CommitBundle) -> GroupRequest:
    return as_client(client, ExternalJoin(update_of(bundle)))


def test_a_second_client_joins_by_itself(bench: Bench, alice: Client) -> None:
    laptop = bench.client("bob.laptop@b")
    bundle = outside(bench, laptop, alice.group)
    _, effects = bench.serve(joining(laptop, bundle))
    assert recipients(effects, bundle.message) == {
        "own": (alice.uri,),
        "b.example": (bench.client("bob.phone@b").uri,),
        "c.example": (bench.client("carol.phone@c").uri,),
    }
    bench.follow(laptop, bundle)
    bench.serve(as_member(laptop, UpdateClient(update_of(laptop.commit(force_path=True)))))


def test_a_client_that_lost_its_state_takes_its_own_place(bench: Bench, alice: Client) -> None:
    phone = bench.client("bob.phone@b")
    bundle = outside(bench, phone, alice.group, resync=True)
    _, effects = bench.serve(joining(phone, bundle))
    assert set(recipients(effects, bundle.message)) == {"own", "c.example"}
    record = bench.store.groups.get(alice.group.group_id)
    assert record is not None
    assert len(record.public.members()) == 3


@breaks("DS-EXTERNAL-JOIN-VALIDATION-2")
def test_an_outsider_does_not_join(bench: Bench, alice: Client) -> None:
    for name in ("dave.phone@a", "erin.phone@b"):
        outsider = bench.client(name)
        rule = bench.refused(Code.not_authorized, joining(outsider, outside(bench, outsider, alice.group))).rule
        assert "no user in the group" in rule


@breaks("P-4-SENDER-INDEX/EXTERNAL-COMMIT")
def test_the_request_is_signed_by_the_new_leaf(bench: Bench, alice: Client) -> None:
    laptop, phone = bench.client("bob.laptop@b"), bench.client("bob.phone@b")
    bundle = outside(bench, laptop, alice.group)
    assert "new leaf" in bench.refused(Code.not_authorized, joining(phone, bundle)).rule
    rotated = laptop.identity.with_new_key(cipher_suite(1), laptop.rand)
    other = replace(laptop, identity=rotated)
    auth = AsClient(rotated.signature_public_key, rotated.credential)
    bench.refused(Code.not_authorized, request(other, ExternalJoin(update_of(bundle)), auth))


@pytest.mark.parametrize("resync", [False, True])
@breaks("DS-EXTERNAL-JOIN-VALIDATION-1/CONTENTS")
def test_an_external_commit_holds_no_psk(bench: Bench, alice: Client, resync: bool) -> None:
    """Whether anybody has it, the owner can't know; if nobody has, no member can follow."""
    joiner = bench.client("bob.phone@b" if resync else "bob.laptop@b")
    sources = (
        ExternalPSK(b"nobody has it"),
        ResumptionPSK(ResumptionPSKUsage.application, alice.group.group_id, alice.group.epoch),
    )
    for source in sources:
        psk = PreSharedKeyID(source, bytes(32))
        store = PSKStore(
            external={b"nobody has it": b"?"}, resumption={(alice.group.group_id, alice.group.epoch): b"?"}
        )
        bundle = outside(bench, joiner, alice.group, resync=resync, psks=store, psk_ids=(psk,))
        assert "kind PreSharedKey" in bench.refused(Code.invalid_commit, joining(joiner, bundle)).rule


@breaks("P-4-REPLACED")
def test_who_takes_a_guests_place_has_its_key(bench: Bench, alice: Client) -> None:
    """Without mutual TLS anybody can send this request in b.example's name, and sign it with a key of its own."""
    phone = bench.client("bob.phone@b")
    impostor = replace(Client.of(phone.uri), rand=SeededRand(8, phone.uri))
    impostor.identity = phone.identity.with_new_key(cipher_suite(1), impostor.rand)
    bundle = outside(bench, impostor, alice.group, resync=True)
    assert "another signature key" in bench.refused(Code.not_authorized, joining(impostor, bundle)).rule
    bench.serve(joining(phone, outside(bench, phone, alice.group, resync=True)))


@breaks("P-4-OWN-KEYS/KEY")
def test_a_client_of_ours_comes_back_with_any_key_that_it_has_registered(bench: Bench, alice: Client) -> None:
    other = replace(alice, identity=alice.identity.with_new_key(cipher_suite(1), alice.rand))
    bundle = outside(bench, other, alice.group, resync=True)
    bench.refused(Code.invalid_signature, joining(other, bundle))
    bench.register(other)
    bench.serve(joining(other, bundle))


@breaks("DS-EXTERNAL-JOIN-VALIDATION-1/SENDER")
def test_a_member_does_not_join(bench: Bench, alice: Client) -> None:
    command = ExternalJoin(update_of(alice.commit(force_path=True)))
    assert "new member" in bench.refused(Code.invalid_commit, as_client(alice, command)).rule


def test_a_member_operation_is_not_an_external_commit(bench: Bench, alice: Client) -> None:
    bundle = outside(bench, bench.client("bob.laptop@b"), alice.group)
    bench.refused(Code.not_authorized, as_member(alice, UpdateClient(update_of(bundle))))


def test_one_joins_the_current_epoch(bench: Bench, alice: Client) -> None:
    laptop = bench.client("bob.laptop@b")
    bundle = outside(bench, laptop, alice.group)
    bench.serve(as_member(alice, UpdateClient(update_of(alice.commit(force_path=True)))))
    bench.refused(Code.wrong_epoch, joining(laptop, bundle))


def test_a_joiner_speaks_the_version(bench: Bench, alice: Client) -> None:
    laptop = bench.client("bob.laptop@b")
    bundle = outside(bench, laptop, alice.group, leaf_extensions=extensions.leaf_extensions((2,)))
    bench.refused(Code.invalid_leaf_node, joining(laptop, bundle))


def test_a_connection_leaf_does_not_join_other_groups(bench: Bench, alice: Client) -> None:
    laptop = bench.client("bob.laptop@b")
    marked = extensions.leaf_extensions((1,), connection=True)
    bench.refused(Code.invalid_leaf_node, joining(laptop, outside(bench, laptop, alice.group, leaf_extensions=marked)))


@breaks("P-4-JOINER")
def test_the_tree_of_a_joiners_epoch_waits_for_it(bench: Bench, alice: Client) -> None:
    bob, carol = bench.client("bob.phone@b"), bench.client("carol.phone@c")
    epoch, tree = alice.group.epoch, alice.group.public.ratchet_tree()
    for _ in range(2):
        bundle = alice.commit(force_path=True)
        bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
        bench.follow(alice, bundle)
    asked = FetchTree(alice.group.group_id, epoch)
    for joiner in (bob, carol, bob):
        assert bench.serve(as_joiner(joiner, asked)) == (JoinerTree(tree), ())
    bundle = bob.commit(force_path=True)
    bench.serve(as_member(bob, UpdateClient(update_of(bundle))))
    bench.refused(Code.not_authorized, as_joiner(bob, asked))
    assert bench.store.groups.epochs(alice.group.group_id) == (epoch,)
    bench.follow(bob, bundle)
    bench.serve(as_member(carol, UpdateClient(update_of(carol.commit(force_path=True)))))
    assert bench.store.groups.epochs(alice.group.group_id) == ()


@pytest.mark.parametrize("ahead", [100 * 86400, -100 * 86400])
def test_a_clock_that_jumps_leaves_no_joiner_outside(bench: Bench, alice: Client, ahead: int) -> None:
    bob, carol = bench.client("bob.phone@b"), bench.client("carol.phone@c")
    asked = FetchTree(alice.group.group_id, alice.group.epoch)
    bench.ahead = ahead
    bench.serve(as_member(carol, sends(carol)))
    bench.ahead = 0
    assert bench.serve(as_joiner(bob, asked)) == (JoinerTree(alice.group.public.ratchet_tree()), ())
    bench.now = LIFETIME.not_after + 1
    bench.serve(as_member(carol, sends(carol)))
    bench.refused(Code.not_authorized, as_joiner(bob, asked))


def test_external_commit_info_is_of_the_current_epoch(bench: Bench, alice: Client) -> None:
    bundle = alice.commit(force_path=True)
    bench.serve(as_member(alice, UpdateClient(update_of(bundle))))
    snapshot, effects = bench.serve(as_client(bench.client("bob.laptop@b"), FetchJoinInfo(alice.group.group_id)))
    assert isinstance(snapshot, GroupSnapshot)
    assert snapshot.group_info.body == bundle.group_info
    assert snapshot.ratchet_tree == bundle.next.public.ratchet_tree()
    assert effects == ()


def test_whom_a_commit_removes_needs_no_tree_any_more(bench: Bench, alice: Client) -> None:
    """carol's invitation keeps the epoch's tree; bob's went with its leaf."""
    bob, carol = bench.client("bob.phone@b"), bench.client("carol.phone@c")
    asked = FetchTree(alice.group.group_id, alice.group.epoch)
    bench.serve(as_joiner(bob, asked))
    bench.serve(as_member(alice, RemoveUsers(update_of(alice.commit(Remove(bob.group.own_index))))))
    bench.refused(Code.not_authorized, as_joiner(bob, asked))
    assert bench.serve(as_joiner(carol, asked)) == (JoinerTree(alice.group.public.ratchet_tree()), ())


def sends(client: Client) -> SendMessage:
    return SendMessage(client.group.encrypt(b"here", client.rand)[0])


def leaves(client: Client) -> Leave:
    return Leave(client.group.propose(Remove(client.group.own_index), client.rand)[0])


@pytest.mark.parametrize("operation", [sends, leaves])
def test_who_makes_a_request_as_a_member_has_joined(
    bench: Bench, alice: Client, operation: Callable[[Client], GroupCommand]
) -> None:
    bob, carol = bench.client("bob.phone@b"), bench.client("carol.phone@c")
    asked = FetchTree(alice.group.group_id, alice.group.epoch)
    bench.serve(as_joiner(bob, asked))
    bench.serve(as_member(bob, operation(bob)))
    bench.refused(Code.not_authorized, as_joiner(bob, asked))
    bench.serve(as_joiner(carol, asked))
