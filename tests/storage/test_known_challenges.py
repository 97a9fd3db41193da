"""Which challenge is followed."""

from simulator.privacy_pass.challenge import token_challenge
from simulator.storage import KnownChallenge, Store


def test_the_last_one_of_each_origin_is_known(store: Store) -> None:
    assert store.known_challenges.get("ds.b.example") is None
    for context in (b"1" * 32, b"2" * 32):
        challenge = token_challenge("b.example", context, "ds.b.example")
        store.known_challenges.put(KnownChallenge("ds.b.example", challenge, b"key", 100))
    other = KnownChallenge("ds.c.example", token_challenge("i.example", b"", "ds.c.example"), None, 50)
    store.known_challenges.put(other)
    assert store.known_challenges.get("ds.b.example") == KnownChallenge("ds.b.example", challenge, b"key", 100)
    assert store.known_challenges.get("ds.c.example") == other
