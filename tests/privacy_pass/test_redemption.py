"""Which tokens an origin takes."""

from dataclasses import replace

import pytest

from simulator.privacy_pass.errors import InvalidToken
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.token_keys import token_key_id
from simulator.rules import Enforcement, enforced_by
from tests.privacy_pass.issuer_keys import DIGEST, issued, issuer_key, token_key

TOKEN = issued()
KEYS = {token_key_id(token_key(seed)): issuer_key(seed).public for seed in (0, 1)}


@pytest.mark.parametrize("digests", [{DIGEST}, {DIGEST, b"e" * 32}])
def test_a_token_for_one_of_the_challenges_by_one_of_the_keys(digests: set[bytes]) -> None:
    verify_token(TOKEN, digests, KEYS)


def flipped(octets: bytes) -> bytes:
    return octets[:-1] + bytes([octets[-1] ^ 1])


@pytest.mark.parametrize(
    ("token", "rule"),
    [
        (replace(TOKEN, challenge_digest=b"e" * 32), "PP-CACHE-1/ORIGIN"),
        (replace(TOKEN, token_key_id=flipped(TOKEN.token_key_id)), "PP-TOKEN-3/KEY"),
        (replace(TOKEN, token_key_id=token_key_id(token_key(1))), "PP-TOKEN-3"),
        (replace(TOKEN, nonce=flipped(TOKEN.nonce)), "PP-TOKEN-3"),
        (replace(TOKEN, authenticator=flipped(TOKEN.authenticator)), "PP-TOKEN-3"),
        (replace(TOKEN, authenticator=bytes(256)), "PP-TOKEN-3"),
        (replace(TOKEN, authenticator=b"\xff" * 256), "PP-TOKEN-3"),
    ],
)
def test_others_are_refused(token: Token, rule: str) -> None:
    with pytest.raises(InvalidToken) as caught:
        verify_token(token, {DIGEST}, KEYS)
    assert (caught.value.rule, caught.value.rules[0]) == ("invalid_token", rule)


def test_who_does_not_keep_the_rule_takes_a_forged_one() -> None:
    with enforced_by(Enforcement({"PP-TOKEN-3"})):
        verify_token(replace(TOKEN, authenticator=bytes(256)), {DIGEST}, KEYS)
