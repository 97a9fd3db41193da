"""What a member sends, and when it may."""

import pytest

from simulator.fuzzing.whole_group import NOW, PRIVATE_USE, WholeGroup, removal
from simulator.mls.errors import MLSError, NotAllowed
from simulator.mls.extensions.extension import Extension
from simulator.mls.framing.framing import PrivateMessage
from simulator.mls.group import ApplicationMessage
from simulator.mls.proposals.proposals import ExternalInit, ReInit, Remove

NAMES = ("alice", "bob", "carol")


def test_application_data_waits_for_proposals_to_be_committed() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose("bob", removal(whole, "carol"))
    with pytest.raises(NotAllowed) as caught:
        whole.groups["alice"].encrypt(b"hello", whole.people["alice"].rand)
    assert caught.value.rule == "proposals_pending"
    whole.commit("alice")
    whole.groups["alice"].encrypt(b"hello", whole.people["alice"].rand)


def test_nothing_is_sent_after_a_reinit() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.commit("alice", ReInit(b"next", 1, 1, ()))
    bob, rand = whole.groups["bob"], whole.people["bob"].rand
    for attempt in (
        lambda: bob.encrypt(b"hello", rand),
        lambda: bob.propose(Remove(0), rand, NOW),
        lambda: bob.propose_update(rand),
    ):
        with pytest.raises(NotAllowed) as caught:
            attempt()
        assert caught.value.rule == "group_reinitialized"


def test_each_message_takes_a_key_of_its_own() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, rand = whole.groups["alice"], whole.people["alice"].rand
    first, alice = alice.encrypt(b"same", rand)
    second, alice = alice.encrypt(b"same", rand)
    assert isinstance(first.body, PrivateMessage)
    assert isinstance(second.body, PrivateMessage)
    assert first.body.ciphertext != second.body.ciphertext


def test_padding_makes_messages_longer_and_says_nothing() -> None:
    whole = WholeGroup.of(*NAMES)
    alice, rand = whole.groups["alice"], whole.people["alice"].rand
    plain, alice = alice.encrypt(b"data", rand)
    padded, alice = alice.encrypt(b"data", rand, padding=100)
    assert isinstance(plain.body, PrivateMessage)
    assert isinstance(padded.body, PrivateMessage)
    assert len(padded.body.ciphertext) == len(plain.body.ciphertext) + 100
    received = whole.groups["bob"].process(padded, NOW)
    assert isinstance(received, ApplicationMessage)
    assert received.data == b"data"


def test_a_proposal_that_others_would_refuse_is_not_sent() -> None:
    whole = WholeGroup.of(*NAMES)
    for proposal, rule in ((Remove(7), "remove_of_blank"), (ExternalInit(b""), "external_init_misplaced")):
        with pytest.raises(MLSError) as caught:
            whole.groups["alice"].propose(proposal, whole.people["alice"].rand, NOW)
        assert caught.value.rule == rule


def test_an_update_counts_from_the_commit_on() -> None:
    whole = WholeGroup.of(*NAMES)
    before = whole.groups["bob"].own_leaf
    message, updated = whole.groups["bob"].propose_update(
        whole.people["bob"].rand, leaf_extensions=(Extension(PRIVATE_USE, b"x"),)
    )
    assert updated.own_leaf == before
    whole.groups["bob"] = updated
    whole.deliver(message, "bob")
    whole.commit("carol")
    after = whole.groups["bob"].own_leaf
    assert after.encryption_key != before.encryption_key
    assert after.extensions == (Extension(PRIVATE_USE, b"x"),)
    whole.commit("alice")


def test_an_update_that_is_not_committed_is_forgotten() -> None:
    whole = WholeGroup.of(*NAMES)
    whole.propose_update("bob")
    before = whole.groups["bob"].own_leaf
    whole.commit("carol", include_references=False)
    assert whole.groups["bob"].own_leaf == before
    assert whole.groups["bob"].state.pending_updates == {}
    whole.commit("alice")
