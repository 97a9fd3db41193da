"""send_message."""

from dataclasses import replace

import pytest

from simulator.mls.framing.framing import ContentType, PrivateMessage
from simulator.mls.framing.message import mls_message
from simulator.mls.proposals.proposals import Remove
from simulator.services.commands import SendMessage, UpdateClient
from simulator.services.refusal import Code
from tests.breaking import breaks
from tests.services.bench import Bench, Client, as_member, recipients, update_of


@pytest.fixture
def alice(bench: Bench) -> Client:
    return bench.found("alice.phone@a", "bob.phone@b", "bob.laptop@b", "dave.phone@a")


def test_everybody_else_gets_a_message(bench: Bench, alice: Client) -> None:
    bob = bench.client("bob.phone@b")
    message, _ = bob.group.encrypt(b"hello", bob.rand)
    _, effects = bench.serve(as_member(bob, SendMessage(message)))
    assert recipients(effects, message) == {
        "own": (alice.uri, bench.client("dave.phone@a").uri),
        "b.example": (bench.client("bob.laptop@b").uri,),
    }


def test_the_same_message_again_reaches_nobody_twice(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    dave = bench.client("dave.phone@a")
    before = len(bench.store.queues.pending(dave.uri))
    for _ in range(2):
        bench.serve(as_member(alice, SendMessage(message)))
    assert len(bench.store.queues.pending(dave.uri)) == before + 1


def test_a_message_is_private_application_data(bench: Bench, alice: Client) -> None:
    proposal, _ = alice.group.propose(Remove(0), alice.rand, private=True)
    public, _ = alice.group.propose(Remove(0), alice.rand)
    for message, rule in (
        (proposal, "DS-SEND-MESSAGE-VALIDATION-1/APPLICATION"),
        (public, "DS-SEND-MESSAGE-VALIDATION-1/PRIVATE"),
    ):
        with breaks(rule):
            assert "no PrivateMessage" in bench.refused(Code.malformed, as_member(alice, SendMessage(message))).rule


@breaks("P-4-CURRENT-EPOCH")
def test_a_message_of_another_epoch_is_refused(bench: Bench, alice: Client) -> None:
    message, _ = alice.group.encrypt(b"hello", alice.rand)
    body = message.body
    assert isinstance(body, PrivateMessage)
    assert body.content_type == ContentType.application
    early = mls_message(replace(body, epoch=body.epoch + 1))
    assert "not begun" in bench.refused(Code.wrong_epoch, as_member(alice, SendMessage(early))).rule
    bench.serve(as_member(alice, UpdateClient(update_of(alice.commit(force_path=True)))))
    refusal = bench.refused(Code.wrong_epoch, as_member(alice, SendMessage(message)))
    assert refusal.current_epoch == body.epoch + 1
