"""What an issuer's budgets count."""

from simulator.storage import IssuedToken, Store, Tally


def test_a_token_is_counted_once_by_window_provider_and_holder(store: Store) -> None:
    first = IssuedToken(7, "a.example", b"h1", b"d1")
    assert store.issued_tokens.tally(first) == Tally(0, 0, False)
    store.issued_tokens.add(first)
    store.issued_tokens.add(first)
    store.issued_tokens.add(IssuedToken(7, "a.example", b"h2", b"d2"))
    store.issued_tokens.add(IssuedToken(7, "b.example", b"h1", b"d1"))
    store.issued_tokens.add(IssuedToken(8, "a.example", b"h1", b"d1"))
    assert store.issued_tokens.tally(first) == Tally(2, 1, True)
    assert store.issued_tokens.tally(IssuedToken(7, "a.example", b"h1", b"d9")) == Tally(2, 1, False)
    assert store.issued_tokens.counts("a.example") == {(7, b"h1"): 1, (7, b"h2"): 1, (8, b"h1"): 1}


def test_earlier_windows_are_forgotten(store: Store) -> None:
    for window in (7, 8):
        store.issued_tokens.add(IssuedToken(window, "a.example", b"", b"d"))
    store.issued_tokens.forget(8)
    assert store.issued_tokens.counts("a.example") == {(8, b""): 1}
