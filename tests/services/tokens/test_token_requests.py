"""What an issuer checks of a token request."""

from dataclasses import replace

import pytest

from simulator.codec import encode
from simulator.mls.crypto.signature import Ed25519
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import finalize
from simulator.privacy_pass.message_signature import Attestation, RequestTarget, attest, holder_headers
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.token_requests import (
    attested,
    certified,
    check_holder,
    check_signed,
    signed,
    to_be_signed,
)
from tests.breaking import breaks
from tests.privacy_pass.issuer_keys import keys, pending

NOW = 1_700_000_000
PENDING = pending()
TARGET = RequestTarget("b.example", "/token-request", encode(PENDING.request))
SCHEME = Ed25519()
PAIR = SCHEME.key_pair(b"k" * 32)


def headers(holder: bytes | None = None, seed: bytes = b"k" * 32):  # type: ignore[no-untyped-def]
    return attest(TARGET, "a.example", NOW, lambda content: SCHEME.sign(seed, content), holder)


def verifies(content: bytes, signature: bytes) -> bool:
    return SCHEME.verify(PAIR.public, content, signature)


def test_a_request_is_answered() -> None:
    attestation = attested(TARGET, headers(), NOW + 300)
    check_signed(attestation, verifies)
    check_holder(attestation, IssuerBudget(Per.provider, 1, 3600))
    assert finalize(PENDING, signed(to_be_signed(TARGET.body, keys(0)))).authenticator


def refused(code: Code, requirement: str, error: pytest.ExceptionInfo[Refusal]) -> None:
    assert (error.value.code, error.value.requirement) == (code, requirement)


def test_a_signature_that_is_old_of_another_or_over_another_request() -> None:
    with pytest.raises(Refusal, match="301 seconds") as caught:
        attested(TARGET, headers(), NOW + 301)
    refused(Code.invalid_signature, "PP-ATTEST-1", caught)
    with pytest.raises(Refusal) as caught:
        check_signed(attested(TARGET, headers(seed=b"m" * 32), NOW), verifies)
    refused(Code.invalid_signature, "PP-ATTEST-1", caught)
    with pytest.raises(Refusal) as caught:
        check_signed(attested(replace(TARGET, authority="c.example"), headers(), NOW), verifies)
    refused(Code.invalid_signature, "PP-ATTEST-1", caught)


@pytest.mark.parametrize(("per", "holder"), [(Per.provider, b"h" * 32), (Per.user, None)])
@breaks("PP-ATTEST-1/HOLDER")
def test_a_holder_exactly_where_users_have_budgets(per: Per, holder: bytes | None) -> None:
    with pytest.raises(Refusal) as caught:
        check_holder(attested(TARGET, headers(holder), NOW), IssuerBudget(per, 1, 3600))
    refused(Code.malformed, "PP-ATTEST-1", caught)
    check_holder(attested(TARGET, headers(b"h" * 32), NOW), IssuerBudget(Per.user, 1, 3600))


def test_what_can_not_be_signed() -> None:
    for body, requirement in [
        (b"\0\1", "PP-ISSUE-1"),
        (b"\0\2", "PP-ISSUE-3"),
        (TARGET.body[:2] + bytes([TARGET.body[2] ^ 1]) + TARGET.body[3:], "PP-ISSUE-2"),
    ]:
        with pytest.raises(Refusal) as caught:
            to_be_signed(body, keys(0))
        refused(Code.malformed, requirement, caught)


def test_where_a_certificate_says_who_asks_nothing_is_signed() -> None:
    holder = bytes(32)
    for said in (None, holder):
        assert certified("a.example", holder_headers(said), NOW) == Attestation("a.example", NOW, said, b"", b"")
    with pytest.raises(Refusal) as caught, breaks("PP-ATTEST-1/FORM"):
        certified("a.example", (*holder_headers(holder), *holder_headers(holder)), NOW)
    assert caught.value.code == Code.invalid_signature
