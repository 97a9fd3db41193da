"""What was asked of issuers and did not come."""

from dataclasses import replace

from simulator.storage import Store
from tests.privacy_pass.issuer_keys import pending as asked
from tests.privacy_pass.issuer_keys import token_key

TOKEN_KEY = token_key()


def test_each_challenge_and_holder_has_one_until_it_comes(store: Store) -> None:
    pending = asked(b"c" * 32)
    store.pending_tokens.put(pending, None, 100)
    assert store.pending_tokens.get(b"c" * 32, TOKEN_KEY, None) == pending
    assert store.pending_tokens.get(b"c" * 32, TOKEN_KEY, "alice") is None
    assert store.pending_tokens.get(b"x" * 32, TOKEN_KEY, None) is None
    assert store.pending_tokens.get(b"c" * 32, b"another", None) is None
    alices = replace(pending, inverse=1)
    store.pending_tokens.put(alices, "alice", 100)
    store.pending_tokens.remove(pending, None)
    assert store.pending_tokens.get(b"c" * 32, TOKEN_KEY, None) is None
    assert store.pending_tokens.get(b"c" * 32, TOKEN_KEY, "alice") == alices


def test_what_is_over_is_forgotten(store: Store) -> None:
    store.pending_tokens.put(asked(b"c" * 32), None, 100)
    store.pending_tokens.put(asked(b"d" * 32), None, 101)
    store.pending_tokens.forget(100)
    assert store.pending_tokens.get(b"c" * 32, TOKEN_KEY, None) is None
    assert store.pending_tokens.get(b"d" * 32, TOKEN_KEY, None) is not None
