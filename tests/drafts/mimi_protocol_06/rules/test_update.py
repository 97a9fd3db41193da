"""Handshakes are taken, queued or committed, and answered with their time; the same again is answered the same."""

from simulator.codec import encode
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE
from simulator.drafts.mimi_protocol_06.client.roster import leave
from simulator.drafts.mimi_protocol_06.rules.update import request_digest
from simulator.mls.proposals.proposals import Remove
from simulator.services.refusal import Code
from tests.drafts.mimi_protocol_06.hub import ROOM, Hub, accepted_at, brought, commit_request, proposal_request
from tests.services.bench import NOW


def test_a_commit_ends_the_epoch_and_empties_the_queue(room: Hub) -> None:
    alice, bob = room.member("alice.phone@a"), room.member("bob.phone@b")
    room.propose(alice, Remove(room.member("bob.tablet@b").leaf))
    assert len(room.facts.queue) == 1
    epoch = room.record.public.epoch
    room.commit(bob)
    assert room.record.public.epoch == epoch + 1
    assert room.facts.queue == ()


def test_times_rise(room: Hub) -> None:
    alice = room.member("alice.phone@a")
    times = []
    for _ in range(2):
        bundle = alice.commit()
        times.append(accepted_at(room.ask(UPDATE, encode(commit_request(bundle)), "a.example")[0]))
        alice.joined = bundle.next
    assert NOW * 1000 < times[0] < times[1]


def test_the_same_request_again_gets_the_same_answer_and_does_nothing(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    body = encode(commit_request(bob.commit()))
    answer, effects = room.ask(UPDATE, body, "b.example")
    assert effects
    before = room.store.fingerprint()
    room.now += 100
    assert room.ask(UPDATE, body, "b.example") == (answer, ())
    assert room.store.fingerprint() == before


def test_of_two_commits_of_one_epoch_one_wins(room: Hub) -> None:
    alice, bob = room.member("alice.phone@a"), room.member("bob.phone@b")
    late = commit_request(bob.commit())
    room.update(commit_request(alice.commit()), alice)
    with room.refusing("P6-4.2-EPOCH", Code.wrong_epoch):
        room.update(late, bob)


def test_proposals_are_brought_together(room: Hub) -> None:
    bob = room.member("bob.phone@b")
    messages = bob.propose(*leave(bob.group))
    found = brought(room.update(proposal_request(messages), bob))
    assert set(found) == {"own", "b.example", "c.example"}
    for (message,) in found.values():
        assert (message.message, *(message.more_proposals or ())) == messages


def test_no_part_of_a_request_stands_for_another() -> None:
    digests = {request_digest(*each, ROOM, b"body") for each in (("ab", "c"), ("a", "bc"), ("ab", "d"))}
    assert len(digests) == 3
