"""The endpoints that belong to no draft."""

import pytest

from simulator.codec import decode
from simulator.drafts import DRAFTS
from simulator.drafts.endpoint_words import Meaning
from simulator.drafts.issuer_endpoints import issuer_endpoints
from simulator.drafts.requests.endpoint import BadAnswer, Endpoint, Place, Reply
from simulator.privacy_pass.issuance import TokenRequest
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Done

DRAFT = DRAFTS[0]
DIRECTORY, REQUEST = issuer_endpoints(DRAFT.refusals)


def test_where_they_are_and_what_goes_over_them() -> None:
    assert (DIRECTORY.method, DIRECTORY.path) == ("GET", "/.well-known/private-token-issuer-directory")
    assert (REQUEST.method, REQUEST.path) == ("POST", "/token-request")
    assert {DIRECTORY.place, REQUEST.place} == {Place.own_domain}
    assert (REQUEST.request_type, REQUEST.media_type) == (
        "application/private-token-request",
        "application/private-token-response",
    )
    wire = REQUEST.wire_request(bytes.fromhex("0002ff") + bytes(256))
    assert (wire.method, wire.path) == ("POST", "/token-request")
    assert REQUEST.request is TokenRequest
    assert decode(TokenRequest, wire.body).truncated_token_key_id == 0xFF
    assert REQUEST.operation_of(wire) == "token_request"


def test_every_draft_has_them_beside_its_own() -> None:
    for draft in DRAFTS:
        assert draft.named("token_request").request is TokenRequest
        assert draft.meaning("token_directory") == Meaning("token_directory")
        assert not any(isinstance(each, Endpoint) for each in draft.issuer_endpoints)
        assert draft.endpoint("/token-request") == (None, {}), "they are not served as the draft's are"


def test_nobody_demands_tokens_there() -> None:
    assert not any(each.protectable or each.unnamed for each in DRAFT.issuer_endpoints)


def test_what_an_issuer_answered() -> None:
    assert REQUEST.read(Reply(200, (), bytes(256))) == Done()
    said = DRAFT.refusals.write(Refusal(Code.rate_limited, "no more today"))
    with pytest.raises(Refusal, match="no more today") as refused:
        REQUEST.read(said)
    assert refused.value.code == Code.rate_limited
    with pytest.raises(BadAnswer, match="HTTP 502"):
        REQUEST.read(Reply(502, (), b"nobody is there"))
