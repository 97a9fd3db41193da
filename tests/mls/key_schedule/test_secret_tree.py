import pytest

from simulator.mls.errors import DecryptionError
from simulator.mls.key_schedule.secret_tree import MAX_AHEAD, MAX_KEPT, RatchetKind, SecretTree
from tests.breaking import breaks
from tests.mls.leaves import SUITE

APPLICATION, HANDSHAKE = RatchetKind.application, RatchetKind.handshake
SECRET = b"s" * 32


def tree(leaves: int = 4) -> SecretTree:
    return SecretTree.of(SUITE, leaves, SECRET)


def refused(state: SecretTree, generation: int) -> str:
    with pytest.raises(DecryptionError) as caught:
        state.take_key(0, APPLICATION, generation)
    return caught.value.rule


def test_sender_and_receiver_have_the_same_keys() -> None:
    sending, receiving = tree(), tree()
    for generation in range(3):
        sent, sending = sending.next_key(2, HANDSHAKE)
        taken, receiving = receiving.take_key(2, HANDSHAKE, generation)
        assert sent == taken
        assert sent.generation == generation


def test_every_leaf_kind_and_generation_has_its_own_key() -> None:
    keys = {
        tree().take_key(leaf, kind, generation)[0].key
        for leaf in range(4)
        for kind in RatchetKind
        for generation in range(3)
    }
    assert len(keys) == 24


def test_keys_come_in_any_order_but_once() -> None:
    state = tree()
    third, state = state.take_key(0, APPLICATION, 2)
    first, state = state.take_key(0, APPLICATION, 0)
    assert (first.generation, third.generation) == (0, 2)
    assert refused(state, 0) == "key_consumed"
    assert refused(state, 2) == "key_consumed"
    second, state = state.take_key(0, APPLICATION, 1)
    assert second.generation == 1
    assert refused(state, 1) == "key_consumed"


@breaks("RFC9420-9.2-GENERATION-TOO-FAR")
def test_a_generation_may_be_only_so_far_ahead() -> None:
    assert tree().take_key(0, APPLICATION, MAX_AHEAD)[0].generation == MAX_AHEAD
    assert refused(tree(), MAX_AHEAD + 1) == "generation_too_far"
    assert refused(tree(), 2**32 - 1) == "generation_too_far"


def test_only_so_many_skipped_keys_are_kept() -> None:
    _, state = tree().take_key(0, APPLICATION, MAX_KEPT + 1)
    assert refused(state, 0) == "key_consumed"
    assert state.take_key(0, APPLICATION, 1)[0].generation == 1


def test_taking_a_key_changes_nothing_but_the_next_state() -> None:
    state = tree()
    first, _ = state.next_key(1, APPLICATION)
    again, _ = state.next_key(1, APPLICATION)
    assert first == again


def test_used_secrets_are_gone() -> None:
    """RFC 9420 9.2: everything from which a used key follows is deleted; what others need stays."""
    state = tree()
    assert list(state.secrets) == [3]
    _, state = state.next_key(0, APPLICATION)
    assert sorted(state.secrets) == [2, 5]
    _, state = state.next_key(1, HANDSHAKE)
    assert sorted(state.secrets) == [5]
    before = state.ratchets[0, APPLICATION]
    _, state = state.next_key(0, APPLICATION)
    after = state.ratchets[0, APPLICATION]
    assert before.secret != after.secret
    assert before.secret not in [secret for ratchet in state.ratchets.values() for secret in [ratchet.secret]]


def test_a_tree_of_one() -> None:
    assert tree(1).next_key(0, HANDSHAKE)[0].generation == 0


@pytest.mark.parametrize("leaf", [-1, 4])
def test_there_are_no_keys_beyond_the_tree(leaf: int) -> None:
    with pytest.raises(IndexError):
        tree().next_key(leaf, APPLICATION)


def test_secrets_do_not_show_in_a_repr() -> None:
    _, state = tree().next_key(0, APPLICATION)
    assert repr(state.ratchets[0, APPLICATION].secret) not in repr(state)
