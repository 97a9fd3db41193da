import pytest

from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.blind_rsa import blind_sign
from simulator.privacy_pass.errors import InvalidChallenge, PrivacyPassError, SigningFailure
from simulator.privacy_pass.issuance import read_request
from simulator.privacy_pass.message_signature import RequestTarget, read_attestation
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.refusals import INVALID_TOKEN, TOKEN_CODES, TOKEN_REQUIRED, TOKEN_SPENT, refusing
from tests.privacy_pass.issuer_keys import issuer_key


def test_each_has_a_code_and_keeps_its_rule() -> None:
    with pytest.raises(Refusal, match="there is none") as caught, refusing():
        read_authorization([])
    assert (caught.value.code, caught.value.requirement) == (TOKEN_REQUIRED, "PP-ORDER-1")
    with pytest.raises(Refusal) as caught, refusing():
        read_authorization(["PrivateToken"])
    assert (caught.value.code, caught.value.section) == (INVALID_TOKEN, "RFC 9577 2.2")
    assert caught.value.rules == ("PP-TOKEN-2/FIELD", "PP-TOKEN-2")
    with pytest.raises(Refusal) as caught, refusing():
        read_attestation(RequestTarget("b.example", "/", b""), [])
    assert caught.value.code == Code.invalid_signature
    with pytest.raises(Refusal) as caught, refusing():
        read_request(b"", {})
    assert caught.value.code == Code.malformed
    with pytest.raises(Refusal) as caught, refusing():
        blind_sign(issuer_key(), b"\xff" * 256)
    assert caught.value.code == Code.malformed


@pytest.mark.parametrize("error", [SigningFailure, InvalidChallenge])
def test_what_nobody_outside_has_done_is_internal(error: type[PrivacyPassError]) -> None:
    with pytest.raises(Refusal) as caught, refusing():
        raise error("slug", "section", "words")
    assert caught.value.code == Code.internal


def test_what_has_a_challenge() -> None:
    assert TOKEN_CODES == (TOKEN_REQUIRED, INVALID_TOKEN, TOKEN_SPENT)
    assert not any(code.final for code in TOKEN_CODES)
