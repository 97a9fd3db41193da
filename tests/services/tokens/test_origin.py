"""What an origin asks for and takes."""

from dataclasses import replace

import pytest

from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.authorization import write_authorization
from simulator.privacy_pass.challenge import challenge_digest
from simulator.privacy_pass.directory import Directory, DirectoryKey
from simulator.privacy_pass.following import KeptDirectory
from simulator.privacy_pass.redemption_context import window
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.www_authenticate import read_offers
from simulator.services.refusal import Refusal
from simulator.services.tokens.origin import Origin, challenge_fields, challenge_of, keys_of, needs_renewal, presented
from simulator.services.tokens.refusals import INVALID_TOKEN, TOKEN_REQUIRED
from tests.privacy_pass.issuer_keys import issued, token_key

NOW, HOUR = 1_700_000_000, 3600
ORIGIN = Origin("ds.b.example", "b.example", HOUR, b"c" * 32)
RAND = SeededRand(1, "b.example")
DIRECTORY = Directory("/", (DirectoryKey(token_key(0)), DirectoryKey(b"none"), DirectoryKey(token_key(1))))
KEYS = keys_of(DIRECTORY)


def test_all_are_challenged_alike_until_the_window_ends() -> None:
    (field,) = challenge_fields(ORIGIN, token_key(), NOW, RAND)
    (offer,) = read_offers([field]).usable
    assert (offer.challenge.issuer, offer.challenge.origins) == ("b.example", ("ds.b.example",))
    assert (offer.token_key, offer.max_age) == (token_key(), 2800)
    (later,) = read_offers(challenge_fields(ORIGIN, None, NOW + 2799, RAND)).usable
    assert (later.challenge, later.token_key, later.max_age) == (offer.challenge, None, 1)
    (next_one,) = read_offers(challenge_fields(ORIGIN, None, NOW + 2800, RAND)).usable
    assert next_one.challenge.redemption_context != offer.challenge.redemption_context


def test_grease_comes_first_and_is_ignored() -> None:
    fields = challenge_fields(replace(ORIGIN, grease=True), token_key(), NOW, RAND)
    found = read_offers(fields)
    assert (len(fields), len(found.usable), [each.rule for each in found.ignored]) == (2, 1, ["unsupported_type"])


def token_of(now: int, origin: Origin = ORIGIN, key: int = 0) -> Token:
    return issued(challenge_digest(challenge_of(origin, window(HOUR, now))), key)


def take(token: Token, now: int = NOW) -> Token:
    return presented([write_authorization(token)], ORIGIN, KEYS, now)


@pytest.mark.parametrize("key", [0, 1])
def test_tokens_of_this_window_and_the_last_by_any_listed_key(key: int) -> None:
    token = token_of(NOW, key=key)
    for later in (0, 2800, 2799 + HOUR):
        assert take(token, NOW + later) == token


@pytest.mark.parametrize("later", [-HOUR, 2800 + HOUR])
def test_a_token_of_another_window(later: int) -> None:
    with pytest.raises(Refusal) as caught:
        take(token_of(NOW), NOW + later)
    assert (caught.value.code, caught.value.requirement) == (INVALID_TOKEN, "PP-CACHE-1")


@pytest.mark.parametrize(
    "origin",
    [replace(ORIGIN, host="ds.c.example"), replace(ORIGIN, issuer="i.example"), replace(ORIGIN, context_key=bytes(32))],
)
def test_a_token_for_another_origin(origin: Origin) -> None:
    with pytest.raises(Refusal) as caught:
        take(token_of(NOW, origin))
    assert caught.value.code == INVALID_TOKEN


def test_no_token_and_a_forged_one() -> None:
    with pytest.raises(Refusal) as caught:
        presented([], ORIGIN, KEYS, NOW)
    assert caught.value.code == TOKEN_REQUIRED
    with pytest.raises(Refusal) as caught:
        take(replace(token_of(NOW), nonce=bytes(32)))
    assert (caught.value.code, caught.value.requirement) == (INVALID_TOKEN, "PP-TOKEN-3")


def test_a_key_that_can_not_be_read_is_none() -> None:
    assert len(KEYS) == 2


def test_an_unknown_key_is_looked_for_once_a_minute() -> None:
    kept = KeptDirectory(DIRECTORY, NOW, NOW + HOUR)
    assert not needs_renewal(token_of(NOW, key=2), kept, NOW + 59)
    assert needs_renewal(token_of(NOW, key=2), kept, NOW + 60)
    assert not needs_renewal(token_of(NOW, key=1), kept, NOW + 60)


def test_the_context_key_is_not_shown() -> None:
    assert "ccc" not in repr(ORIGIN)


def test_a_token_is_taken_where_one_window_began_with_1970() -> None:
    century = replace(ORIGIN, period=36_500 * 86_400)
    token = issued(challenge_digest(challenge_of(century, window(century.period, NOW))))
    assert presented([write_authorization(token)], century, KEYS, NOW) == token
