"""What a member keeps from one epoch to the next, and what it forgets."""

from simulator.fuzzing.whole_group import WholeGroup
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.member_state import PAST_EPOCHS, RESUMPTION_EPOCHS


def test_a_member_forgets_old_epochs() -> None:
    whole = WholeGroup.of("alice", "bob")
    for _ in range(RESUMPTION_EPOCHS + 2):
        whole.commit("alice")
    state = whole.groups["bob"].state
    epoch = whole.service.epoch
    past = [messages.context.epoch for messages in state.past_messages]
    assert past == [epoch - back for back in range(1, PAST_EPOCHS + 1)]
    assert list(state.resumption_psks) == [(b"room", epoch - back) for back in range(RESUMPTION_EPOCHS, -1, -1)]


def test_a_joiner_knows_no_epoch_before_its_own() -> None:
    whole = WholeGroup.of("alice", "bob")
    state = whole.groups["bob"].state
    assert state.past_messages == ()
    assert list(state.resumption_psks) == [(b"room", 1)]


def test_the_psks_at_hand_include_the_groups_own_epochs() -> None:
    whole = WholeGroup.of("alice", "bob")
    whole.commit("alice")
    store = whole.groups["bob"].state.psks(PSKStore({b"id": b"psk"}, {(b"other", 1): b"other psk"}))
    assert store.external == {b"id": b"psk"}
    assert set(store.resumption) == {(b"other", 1), (b"room", 1), (b"room", 2)}


def test_both_members_have_the_same_resumption_psks() -> None:
    whole = WholeGroup.of("alice", "bob")
    whole.commit("bob")
    alice, bob = whole.groups["alice"].resumption_psks, whole.groups["bob"].resumption_psks
    assert bob.items() <= alice.items()


def test_an_own_leaf_stays_as_it_is_unless_told_otherwise() -> None:
    whole = WholeGroup.of("alice", "bob")
    state = whole.groups["bob"].state
    assert state.leaf_template(None, None) == whole.groups["bob"].own_leaf
    renewed = whole.people["bob"].identity.with_new_key(whole.service.suite, whole.people["bob"].rand)
    assert state.leaf_template(renewed, None).signature_key == renewed.signature_public_key
