"""Exchanges with tokens in them, by hand: what an origin wants, what is presented, and what an issuer is asked."""

import json
from dataclasses import replace
from typing import Any

from simulator.codec import encode
from simulator.privacy_pass import base64url, directory
from simulator.privacy_pass.authorization import write_authorization
from simulator.privacy_pass.challenge import challenge_digest, token_challenge
from simulator.privacy_pass.issuance import REQUEST_TYPE, RESPONSE_TYPE, TokenRequest
from simulator.privacy_pass.message_signature import RequestTarget, attest
from simulator.privacy_pass.token import Token
from simulator.privacy_pass.www_authenticate import ChallengeOffer, write_offer
from simulator.trace import Exchange
from tests.trace.examples import EXCHANGE

NOW = 1767225600
KEY = b"a key that nobody reads"
CHALLENGE = token_challenge("b.example", b"c" * 32, "ds.b.example")
OFFER = write_offer(ChallengeOffer(CHALLENGE, KEY, 1800))
TOKEN = Token(2, b"n" * 32, challenge_digest(CHALLENGE), b"k" * 32, b"s" * 256)
HOLDER = b"h" * 32


def exchange(number: int = 1, **what: Any) -> Exchange:
    """a.example asks b.example for something, which it gets."""
    asked = replace(
        EXCHANGE,
        sender="a.example",
        recipient="ds.b.example",
        provider="b.example",
        endpoint="connection_key_packages",
        operation="connection_key_packages",
        url="https://ds.b.example/connection_key_packages",
        started=1000.0 + number,
        number=number,
        request_headers=(),
        response_headers=(),
    )
    return replace(asked, **what)


def challenged(number: int = 1, offer: str = OFFER) -> Exchange:
    """No token came, and one is wanted."""
    fields = (("content-type", "application/octet-stream"), ("WWW-Authenticate", offer))
    return exchange(number, status=401, refused=True, code="token_required", response_headers=fields)


def paid(number: int = 2, token: Token = TOKEN, **what: Any) -> Exchange:
    """A token was presented."""
    return exchange(number, request_headers=(("authorization", write_authorization(token)),), **what)


def listed(number: int = 3, budget: dict[str, Any] | None = None, issuer: str = "b.example") -> Exchange:
    """The issuer's directory, with one key."""
    key = {"token-type": 2, "token-key": base64url.write(KEY), "not-before": NOW}
    members = {"issuer-request-uri": "/token-request", "token-keys": [key]}
    if budget is not None:
        members["mimi-budget"] = budget
    return exchange(
        number,
        recipient=issuer,
        provider=issuer,
        endpoint="token_directory",
        method="GET",
        url=directory.directory_url(issuer),
        request=b"",
        response=json.dumps(members).encode(),
        response_headers=(("content-type", directory.MEDIA_TYPE),),
    )


def requested(
    number: int = 4, holder: bytes | None = None, blinded: bytes = b"b", created: int = NOW, **what: Any
) -> Exchange:
    """A token request that is granted, but for what is said."""
    body = encode(TokenRequest(2, 0xAB, blinded * 256))
    target = RequestTarget("b.example", "/token-request", body)
    facts: dict[str, Any] = {
        "recipient": "b.example",
        "endpoint": "token_request",
        "operation": "token_request",
        "url": "https://b.example/token-request",
        "request": body,
        "request_headers": tuple(attest(target, "a.example", created, lambda _: b"g" * 64, holder)),
        "response": b"r" * 256,
        "response_headers": (("content-type", RESPONSE_TYPE),),
    }
    assert ("content-type", REQUEST_TYPE) in facts["request_headers"]
    return exchange(number, **facts | what)
