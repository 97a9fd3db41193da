"""Tokens that were got and not presented yet."""

from simulator.privacy_pass.token import Token
from simulator.storage import Store, WalletToken


def token(nonce: int, challenge: bytes = b"c" * 32) -> Token:
    return Token(2, bytes([nonce]) * 32, challenge, b"k" * 32, b"a" * 256)


def kept(nonce: int, holder: str | None = None, origin: str = "ds.b.example", until: int = 100) -> WalletToken:
    return WalletToken(origin, "b.example", token(nonce), holder, until)


def test_each_origin_has_its_own_until_they_are_presented(store: Store) -> None:
    for each in (kept(1), kept(2), kept(3, origin="ds.c.example")):
        store.wallet.add(each)
    assert store.wallet.of("ds.b.example") == (kept(1), kept(2))
    store.wallet.take(token(1))
    assert store.wallet.of("ds.b.example") == (kept(2),)


def test_users_count_once_also_those_whose_token_was_presented(store: Store) -> None:
    for each in (kept(1, "alice"), kept(2, "alice"), kept(3, "bert")):
        store.wallet.add(each)
    store.wallet.take(token(3))
    assert store.wallet.holders(token(9)) == 2
    assert store.wallet.holders(token(9, b"x" * 32)) == 0


def test_what_is_over_is_forgotten(store: Store) -> None:
    store.wallet.add(kept(1, until=100))
    store.wallet.add(kept(2, until=101))
    store.wallet.forget(100)
    assert store.wallet.of("ds.b.example") == (kept(2, until=101),)
