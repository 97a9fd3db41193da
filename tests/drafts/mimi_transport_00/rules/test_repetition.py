"""The same request again is answered as before and does nothing; any other request is another one."""

from dataclasses import replace

import pytest

from simulator.drafts.mimi_transport_00.rules.request import GroupRequest
from simulator.mls.proposals.proposals import Remove
from simulator.services.commands import Leave, RemoveUsers, RequestGroupId, SendMessage, UpdateClient
from simulator.services.refusal import Code
from simulator.services.results import Done
from simulator.services.signing import Signature
from tests.breaking import breaks
from tests.services.bench import Bench, Client, as_client, as_member, creation, new_group, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "carol.phone@c")


def repeats(bench: Bench, request: GroupRequest) -> None:
    """The request is accepted once more, and nothing changes."""
    before = bench.store.fingerprint()
    assert bench.serve(request) == (Done(), ())
    assert bench.store.fingerprint() == before


def test_a_commit_that_was_accepted_is_no_commit_to_a_past_epoch(bench: Bench, alice: Client) -> None:
    bundle = alice.commit()
    request = as_member(alice, UpdateClient(update_of(bundle)))
    bench.serve(request)
    repeats(bench, request)
    bench.follow(alice, bundle)
    bench.serve(as_member(alice, UpdateClient(update_of(alice.commit()))))
    repeats(bench, request)


def test_a_commit_that_lost_has_lost_the_second_time_too(bench: Bench, alice: Client) -> None:
    lost = as_member(alice, UpdateClient(update_of(alice.commit())))
    bob = bench.client("bob.phone@b")
    bench.serve(as_member(bob, UpdateClient(update_of(bob.commit()))))
    for _ in range(2):
        assert bench.refused(Code.wrong_epoch, lost).current_epoch == 2


def test_a_message_is_sent_once(bench: Bench, alice: Client) -> None:
    message, alice.joined = alice.group.encrypt(b"hello", alice.rand)
    request = as_member(alice, SendMessage(message))
    bench.serve(request)
    waiting = bench.store.outbox.backlog("b.example")
    repeats(bench, request)
    assert bench.store.outbox.backlog("b.example") == waiting


def test_also_for_who_is_no_member_any_more(bench: Bench, alice: Client) -> None:
    """Otherwise a client whose own commit succeeded could never enter the epoch in which somebody removed it."""
    bob = bench.client("bob.phone@b")
    message, _ = bob.group.propose(Remove(bob.group.own_index), bob.rand, bench.now)
    leave = as_member(bob, Leave(message))
    bench.serve(leave)
    alice.hear(message)
    removal = alice.commit(Remove(1))
    bench.serve(as_member(alice, RemoveUsers(update_of(removal))))
    repeats(bench, leave)


def test_a_group_is_created_once(bench: Bench) -> None:
    alice = bench.client("alice.phone@a")
    alice.joined = new_group(bench, alice)
    request = creation(alice)
    bench.serve(request)
    repeats(bench, request)
    bench.refused(Code.invalid_group_id, creation(alice))


@breaks("DS-REQUEST-CLIENT-SIGNATURE/SIGNATURE")
def test_another_signature_makes_it_another_request(bench: Bench, alice: Client) -> None:
    request = as_member(alice, UpdateClient(update_of(alice.commit())))
    bench.serve(request)
    signature = request.signature
    assert signature is not None
    forged = Signature(signature.label, signature.content, bytes(64))
    bench.refused(Code.invalid_signature, replace(request, signature=forged))


def test_an_unsigned_request_is_never_a_repetition(bench: Bench, alice: Client) -> None:
    request = as_member(alice, UpdateClient(update_of(alice.commit())))
    bench.serve(request)
    bench.refused(Code.not_authorized, replace(request, asker=None, signature=None))


def test_questions_are_answered_anew(bench: Bench) -> None:
    request = as_client(bench.client("alice.phone@a"), RequestGroupId())
    (first, _), (second, _) = bench.serve(request), bench.serve(request)
    assert first != second


@pytest.mark.parametrize("ahead", [30 * 86400, -30 * 86400])
def test_a_clock_that_jumps_forgets_nothing(bench: Bench, alice: Client, ahead: int) -> None:
    """The client would take its own commit for refused, and could never follow the group again."""
    bundle = alice.commit()
    request = as_member(alice, UpdateClient(update_of(bundle)))
    bench.serve(request)
    bench.follow(alice, bundle)
    bench.ahead = ahead
    repeats(bench, request)
    message, alice.joined = alice.group.encrypt(b"hello", alice.rand)
    bench.serve(as_member(alice, SendMessage(message)))
    repeats(bench, request)
    bench.ahead = 0
    repeats(bench, request)


def test_it_is_forgotten_in_the_end(bench: Bench, alice: Client) -> None:
    bundle = alice.commit()
    request = as_member(alice, UpdateClient(update_of(bundle)))
    bench.serve(request)
    bench.follow(alice, bundle)
    bench.now += bench.policy.repetition_window
    repeats(bench, request)
    bench.now += 1
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    bench.serve(as_member(alice, SendMessage(message)))
    bench.refused(Code.wrong_epoch, request)
