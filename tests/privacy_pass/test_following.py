"""Which challenges a client follows."""

from dataclasses import replace

import pytest

from simulator.privacy_pass.challenge import token_challenge
from simulator.privacy_pass.directory import Directory, DirectoryKey
from simulator.privacy_pass.errors import InvalidChallenge
from simulator.privacy_pass.following import (
    DAY,
    AskedOrigin,
    KeptDirectory,
    check_key,
    check_offer,
    renewed,
    shown_from_now_on,
)
from simulator.privacy_pass.www_authenticate import ChallengeOffer
from simulator.rules import Enforcement, enforced_by

ASKED = AskedOrigin("ds.b.example", "b.example")
OWN = ChallengeOffer(token_challenge("b.example", bytes(32), "ds.b.example"), b"key", 600)
OTHER = ChallengeOffer(token_challenge("b.example", b"\1" * 32, "ds.b.example"), b"key", 600)
INDEPENDENT = ChallengeOffer(token_challenge("i.example", bytes(32), "ds.b.example"), b"key")
NOW = 1_000_000
DIRECTORY = Directory("/token-request", (DirectoryKey(b"key"),))


def ignored_by(slug: str, name: str, offer: ChallengeOffer, trusts: frozenset[str] = frozenset()) -> None:
    with pytest.raises(InvalidChallenge) as caught:
        check_offer(offer, ASKED, trusts, None, NOW)
    assert (caught.value.rule, caught.value.rules[0]) == (slug, name)


def test_the_origins_own_issuer_and_trusted_ones() -> None:
    check_offer(OWN, ASKED, (), None, NOW)
    check_offer(INDEPENDENT, ASKED, {"i.example"}, None, NOW)
    ignored_by("unknown_issuer", "PP-CHALLENGE-8/ISSUER", INDEPENDENT)
    ignored_by("unknown_issuer", "PP-CHALLENGE-8/ISSUER", INDEPENDENT, frozenset({"b.example"}))


def test_a_challenge_for_another_origin() -> None:
    passed_on = replace(OWN, challenge=token_challenge("b.example", bytes(32), "ds.c.example"))
    ignored_by("foreign_origin", "PP-CHALLENGE-4", passed_on)


def test_another_challenge_before_the_first_is_over() -> None:
    shown = shown_from_now_on(OWN.challenge, 600, NOW)
    check_offer(OWN, ASKED, (), shown, NOW + 599)
    check_offer(OTHER, ASKED, (), shown, NOW + 600)
    with pytest.raises(InvalidChallenge) as caught:
        check_offer(OTHER, ASKED, (), shown, NOW + 599)
    assert (caught.value.rule, caught.value.rules[0]) == ("one_challenge", "PP-CONSISTENCY-1/ONE-CHALLENGE")
    with enforced_by(Enforcement({"PP-CONSISTENCY-1"})):
        check_offer(OTHER, ASKED, (), shown, NOW)


def test_a_key_that_is_not_in_the_directory() -> None:
    kept = KeptDirectory(DIRECTORY, NOW, NOW + 3600)
    check_key(OWN, kept, NOW)
    check_key(replace(OWN, token_key=None), kept, NOW)
    with pytest.raises(InvalidChallenge) as caught:
        check_key(replace(OWN, token_key=b"for alice"), kept, NOW)
    assert (caught.value.rule, caught.value.rules[0]) == ("key_not_listed", "PP-CONSISTENCY-2/LISTED")


def with_key(key: bytes) -> Directory:
    return Directory("/token-request", (DirectoryKey(b"key"), DirectoryKey(key)))


def test_keys_that_change_twice_a_day() -> None:
    kept = renewed(None, DIRECTORY, 3600, NOW)
    assert kept == KeptDirectory(DIRECTORY, NOW, NOW + 3600)
    kept = renewed(kept, DIRECTORY, 3600, NOW + 100)
    assert kept.changes == ()
    kept = renewed(kept, with_key(b"1"), 3600, NOW + 200)
    check_key(OWN, kept, NOW + 200)
    kept = renewed(kept, with_key(b"2"), 3600, NOW + 300)
    with pytest.raises(InvalidChallenge) as caught:
        check_key(OWN, kept, NOW + 300)
    assert (caught.value.rule, caught.value.rules[0]) == ("restless_keys", "PP-CONSISTENCY-1/STEADY")
    check_key(OWN, kept, NOW + 200 + DAY)
    assert renewed(kept, with_key(b"2"), 3600, NOW + 250 + DAY).changes == (NOW + 300,)


def test_a_copy_is_renewed_once_a_minute_at_most() -> None:
    kept = KeptDirectory(DIRECTORY, NOW, NOW + 3600)
    assert not kept.may_be_renewed(NOW + 59)
    assert kept.may_be_renewed(NOW + 60)
