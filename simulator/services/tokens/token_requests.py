"""What an issuer checks of a token request, in this order: form and time, whose signature, for whom, for what.

Rates by address come after the form, and the certificate before the signature; both are not of Privacy Pass.
"""

from collections.abc import Callable, Mapping

from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.issuance import ReadRequest, TokenResponse, issue, read_request
from simulator.privacy_pass.message_signature import (
    Attestation,
    Headers,
    RequestTarget,
    check_fresh,
    check_genuine,
    read_attestation,
    read_holder,
)
from simulator.privacy_pass.rsa import PrivateKey
from simulator.rules import check
from simulator.services.refusal import Code, rule
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.refusals import refusing

MOST_BYTES = 1024
"""Of a token request."""

HOLDER = rule("PP-ATTEST-1", Code.malformed, None, part="HOLDER")


def attested(target: RequestTarget, headers: Headers, now: int) -> Attestation:
    """Who says to ask, and that it is now (Unix seconds). Raises Refusal invalid_signature."""
    with refusing():
        attestation = read_attestation(target, headers)
        check_fresh(attestation, now)
    return attestation


def certified(provider: str, headers: Headers, now: int) -> Attestation:
    """The same where nothing is signed: a certificate covers this provider, and it asks now. Raises Refusal
    invalid_signature for a holder in another form.
    """
    with refusing():
        return Attestation(provider, now, read_holder(headers), base=b"", signature=b"")


def check_signed(attestation: Attestation, verifies: Callable[[bytes, bytes], bool]) -> None:
    """Whether that provider asks; `verifies` checks content and signature with its key. Raises Refusal
    invalid_signature.
    """
    with refusing():
        check_genuine(attestation, verifies)


def check_holder(attestation: Attestation, budget: IssuerBudget) -> None:
    """Whether it says a holder exactly where the budget is one of users. Raises Refusal malformed."""
    needed = budget.per is Per.user
    words = "a holder has to be said here" if needed else "no holder is to be said here"
    check(HOLDER, (attestation.holder is not None) == needed, words)


def to_be_signed(body: bytes, keys: Mapping[int, PrivateKey]) -> ReadRequest:
    """What is asked for, by the issuer's keys. Raises Refusal malformed, for which the status is 422."""
    with refusing():
        return read_request(body, keys)


def signed(request: ReadRequest) -> TokenResponse:
    """The answer; takes ten milliseconds. Raises Refusal internal where it was miscalculated."""
    with refusing():
        return issue(request)
