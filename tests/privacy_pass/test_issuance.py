"""A token from request to redemption, and what either side does not take."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.privacy_pass.errors import InvalidTokenKey, InvalidTokenRequest, InvalidTokenResponse
from simulator.privacy_pass.issuance import TokenRequest, finalize, issue, read_request, read_response, request_token
from simulator.privacy_pass.redemption import verify_token
from simulator.privacy_pass.token_keys import token_key_id
from tests.privacy_pass.issuer_keys import DIGEST, issued, issuer_key, keys, pending, token_key


def test_what_is_issued_is_redeemed() -> None:
    verify_token(issued(), {DIGEST}, {token_key_id(token_key()): issuer_key().public})


def test_the_same_seed_makes_the_same_token_and_the_next_is_another() -> None:
    rand = SeededRand(1, "a.example")
    first, second = issued(rand=rand), issued(rand=rand)
    assert first == issued(rand=SeededRand(1, "a.example"))
    assert first.nonce != second.nonce


def test_a_request_asked_again_gets_the_same_answer() -> None:
    request = read_request(encode(pending().request), keys(0))
    assert issue(request) == issue(request)


def test_the_request_has_259_octets_and_names_the_key() -> None:
    request = pending(seed=1).request
    assert len(encode(request)) == 259
    assert request.truncated_token_key_id == token_key_id(token_key(1))[-1]
    assert read_request(encode(request), keys(0, 1)).key == issuer_key(1)


def test_nothing_in_the_request_is_in_the_token() -> None:
    assert encode(pending().request)[3:] not in encode(issued())
    assert issue(read_request(encode(pending().request), keys(0))).blind_sig not in encode(issued())


REQUEST = encode(pending().request)


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        (b"", "PP-ISSUE-1"),
        (b"\x00\x01" + REQUEST[2:], "PP-ISSUE-1"),
        (REQUEST[:2], "PP-ISSUE-3"),
        (REQUEST[:-1], "PP-ISSUE-3"),
        (REQUEST + b"\x00", "PP-ISSUE-3"),
        (encode(TokenRequest(2, REQUEST[2] ^ 1, REQUEST[3:])), "PP-ISSUE-2"),
        (encode(TokenRequest(2, REQUEST[2], issuer_key().public.n.to_bytes(256, "big"))), "PP-ISSUE-3/RANGE"),
    ],
)
def test_requests_that_are_not_signed(body: bytes, rule: str) -> None:
    with pytest.raises(InvalidTokenRequest) as caught:
        read_request(body, keys(0))
    assert caught.value.rules[0] == rule


@pytest.mark.parametrize("body", [b"", bytes(255), bytes(257)])
def test_answers_of_another_size(body: bytes) -> None:
    with pytest.raises(InvalidTokenResponse) as caught:
        read_response(body)
    assert caught.value.rules[0] == "PP-ISSUE-4/STRUCT"


def test_an_answer_to_another_request_makes_no_token() -> None:
    rand = SeededRand(1, "a.example")
    first, second = pending(rand=rand), pending(rand=rand)
    with pytest.raises(InvalidTokenResponse) as caught:
        finalize(first, issue(read_request(encode(second.request), keys(0))))
    assert caught.value.rule == "invalid_signature"


def test_an_answer_by_another_key_makes_no_token() -> None:
    smaller, larger = sorted((0, 1), key=lambda seed: issuer_key(seed).public.n)
    asked = pending(seed=smaller)
    signed = issue(replace(read_request(encode(asked.request), keys(smaller)), key=issuer_key(larger)))
    with pytest.raises(InvalidTokenResponse):
        finalize(asked, signed)


def test_no_token_is_asked_for_with_what_is_no_key() -> None:
    with pytest.raises(InvalidTokenKey):
        request_token(DIGEST, b"key", SeededRand(1, "a.example"))
