"""Which tokens were presented, and what they got."""

from simulator.storage import KeptAnswer, SpentToken, Store

NEW = SpentToken(b"n" * 32, b"r" * 32, 7)


def test_a_token_is_known_by_its_nonce_first_without_an_answer_and_then_with_it(store: Store) -> None:
    assert store.spent_tokens.get(NEW.nonce) is None
    store.spent_tokens.put(NEW)
    assert store.spent_tokens.get(NEW.nonce) == NEW
    answered = SpentToken(NEW.nonce, NEW.request, 7, KeptAnswer(200, b""))
    store.spent_tokens.put(answered)
    assert store.spent_tokens.get(NEW.nonce) == answered
    assert len(store.spent_tokens) == 1


def test_tokens_of_earlier_windows_are_forgotten(store: Store) -> None:
    store.spent_tokens.put(NEW)
    store.spent_tokens.put(SpentToken(b"m" * 32, b"r" * 32, 8))
    store.spent_tokens.forget(8)
    assert store.spent_tokens.get(NEW.nonce) is None
    assert len(store.spent_tokens) == 1
