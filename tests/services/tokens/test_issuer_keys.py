"""An issuer's keys over time."""

from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.directory import Per, read_directory, write_directory
from simulator.privacy_pass.token_keys import token_key_id
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.issuer_keys import (
    LIFETIME,
    IssuerKey,
    directory,
    maintained,
    rotated,
    signing_keys,
    verifying_keys,
)
from tests.privacy_pass.issuer_keys import issuer_key, token_key

NOW, HOUR = 1_700_000_000, 3600
FIRST, SECOND = IssuerKey(bytes(32), NOW), IssuerKey(b"\0" * 31 + b"\1", NOW + LIFETIME)


def never(purpose: str, n: int) -> bytes:
    raise AssertionError(f"{n} bytes drawn for {purpose}")


def seeds(*numbers: int):  # type: ignore[no-untyped-def]
    drawn = [number.to_bytes(32, "big") for number in numbers]
    return lambda purpose, n: drawn.pop(0) if (purpose, n) == ("token_key", 32) else never(purpose, n)


def test_the_first_key_is_made_when_it_is_asked_for_and_follows_from_the_seed() -> None:
    keys = maintained((), NOW, HOUR, SeededRand(1, "b.example"))
    assert keys == maintained((), NOW, HOUR, SeededRand(1, "b.example"))
    assert (len(keys), keys[0].not_before) == (1, NOW)


def test_a_key_stays_for_thirty_days_and_its_tokens_for_two_windows_more() -> None:
    assert maintained((FIRST,), NOW + LIFETIME - 1, HOUR, never) == (FIRST,)
    both = maintained((FIRST,), NOW + LIFETIME, HOUR, seeds(1))
    assert both == (SECOND, FIRST)
    assert maintained(both, SECOND.not_before + 2 * HOUR - 1, HOUR, never) == both
    assert maintained(both, SECOND.not_before + 2 * HOUR, HOUR, never) == (SECOND,)


def test_there_are_two_at_most() -> None:
    third = rotated((SECOND, FIRST), NOW, seeds(2))
    assert third == (IssuerKey((2).to_bytes(32, "big"), NOW), SECOND)


def test_a_key_whose_short_id_is_the_others_is_drawn_again() -> None:
    assert rotated((FIRST,), NOW, seeds(0, 0, 1)) == (IssuerKey(SECOND.seed, NOW), FIRST)


def test_what_signs_verifies_and_is_published() -> None:
    keys = (SECOND, FIRST)
    assert signing_keys(keys) == {token_key_id(token_key(n))[-1]: issuer_key(n) for n in (0, 1)}
    assert verifying_keys(keys) == {token_key_id(token_key(n)): issuer_key(n).public for n in (0, 1)}
    published = read_directory(write_directory(directory(keys, IssuerBudget(Per.user, 3, HOUR, most=30))))
    assert [key.token_key for key in published.keys] == [token_key(1), token_key(0)]
    assert published.current_key(NOW) == published.keys[1]
    assert published.current_key(SECOND.not_before) == published.keys[0]
    assert published.budget is not None
    assert (published.budget.per, published.budget.tokens, published.budget.period) == ("user", 3, HOUR)


def test_a_seed_is_not_shown() -> None:
    assert "seed" not in repr(FIRST)
