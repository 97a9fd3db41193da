"""Blind signatures, beside the vectors: what fails, and by which rule."""

from dataclasses import replace
from math import gcd

import pytest

from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass import rsa
from simulator.privacy_pass.blind_rsa import blind, blind_sign, check_range, draw_blind, draw_salt, finalize
from simulator.privacy_pass.errors import InvalidTokenKey, InvalidTokenRequest, InvalidTokenResponse, SigningFailure
from simulator.privacy_pass.rsa import PublicKey
from simulator.rules import Enforcement, enforced_by
from tests.privacy_pass.issuer_keys import issuer_key

KEY, SALT = issuer_key(), b"s" * 48
N = KEY.public.n


def test_a_signature_is_the_same_whatever_the_blinding_factor() -> None:
    """Which is why the issuer can't tell by whom it got to see what it signs."""
    signatures, messages = set(), set()
    for factor in (1, 2, 3, N - 1, draw_blind(KEY.public, SeededRand(1, "a.example"))):
        blinded = blind(KEY.public, b"message", SALT, factor)
        messages.add(blinded.message)
        signatures.add(finalize(KEY.public, b"message", blind_sign(KEY, blinded.message), blinded.inverse))
    assert (len(signatures), len(messages)) == (1, 5)
    assert rsa.verifies(KEY.public, b"message", signatures.pop())


def test_random_values_follow_from_the_seed_and_fit() -> None:
    assert draw_blind(KEY.public, SeededRand(1, "a")) == draw_blind(KEY.public, SeededRand(1, "a"))
    assert len(draw_salt(SeededRand(1, "a"))) == 48


def test_a_factor_out_of_range_is_drawn_again() -> None:
    draws = iter([bytes(256), N.to_bytes(256, "big"), b"\xff" * 256, (7).to_bytes(256, "big")])
    asked = []

    def rand(purpose: str, n: int) -> bytes:
        asked.append((purpose, n))
        return next(draws)

    assert draw_blind(KEY.public, rand) == 7
    assert asked == [("token_blind", 256)] * 4


def test_a_modulus_with_small_factors_blinds_nothing() -> None:
    with pytest.raises(InvalidTokenKey):
        blind(PublicKey(3**1292), b"message", SALT, 3)


def test_a_message_as_large_as_the_modulus_is_not_signed() -> None:
    check_range(KEY.public, (N - 1).to_bytes(256, "big"))
    for message in (N, N + 1, 2**2048 - 1):
        with pytest.raises(InvalidTokenRequest) as caught:
            blind_sign(KEY, message.to_bytes(256, "big"))
        assert caught.value.rules[0] == "PP-ISSUE-3/RANGE"
    with enforced_by(Enforcement({"PP-ISSUE-3"})):
        assert blind_sign(KEY, (N + 5).to_bytes(256, "big")) == blind_sign(KEY, (5).to_bytes(256, "big"))


def test_a_signature_that_does_not_fit_is_not_sent() -> None:
    """One computed wrong modulo one of the primes gives the other away: whoever sees it can factor n."""
    faulty = replace(KEY, qinv=KEY.qinv ^ 4)
    with pytest.raises(SigningFailure):
        blind_sign(faulty, (5).to_bytes(256, "big"))
    with enforced_by(Enforcement({"PP-BLIND-2"})):
        wrong = int.from_bytes(blind_sign(faulty, (5).to_bytes(256, "big")), "big")
    assert gcd(rsa.encrypt(KEY.public, wrong) - 5, N) == KEY.q


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        (bytes(255), "PP-ISSUE-4/SIZE"),
        (bytes(257), "PP-ISSUE-4/SIZE"),
        (b"", "PP-ISSUE-4/SIZE"),
        (bytes(256), "PP-ISSUE-4"),
        (b"\xff" * 256, "PP-ISSUE-4"),
    ],
)
def test_what_makes_no_signature(answer: bytes, rule: str) -> None:
    blinded = blind(KEY.public, b"message", SALT, 5)
    with pytest.raises(InvalidTokenResponse) as caught:
        finalize(KEY.public, b"message", answer, blinded.inverse)
    assert caught.value.rules[0] == rule


def test_a_signature_of_another_key_or_message_does_not_finalize() -> None:
    blinded = blind(KEY.public, b"message", SALT, 5)
    answer = blind_sign(issuer_key(1), (5).to_bytes(256, "big"))
    with pytest.raises(InvalidTokenResponse):
        finalize(KEY.public, b"message", answer, blinded.inverse)
    with pytest.raises(InvalidTokenResponse):
        finalize(KEY.public, b"another", blind_sign(KEY, blinded.message), blinded.inverse)
