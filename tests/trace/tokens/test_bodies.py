"""Bodies of Privacy Pass are told by their media type."""

import pytest

from simulator.privacy_pass.directory import MEDIA_TYPE
from simulator.privacy_pass.issuance import RESPONSE_TYPE, TokenResponse
from simulator.trace.tokens.bodies import DIRECTORY, media_type, struct_dissection, token_body
from tests.trace.tokens.exchanges import listed, requested


def test_a_token_request_and_its_answer() -> None:
    asked = requested()
    request, response = token_body(asked.request_headers, asked.request), token_body(asked.response_headers, b"r" * 256)
    assert request is not None
    assert response is not None
    assert {node.path: node.value[:8] for node in request.root.leaves()} == {
        "token_type": "2",
        "truncated_token_key_id": "171",
        "blinded_msg": "62626262",
    }
    assert (request.root.type, response.root.type) == ("TokenRequest", "TokenResponse")


def test_a_directory() -> None:
    found = token_body(listed().response_headers, listed().response)
    assert found is not None
    assert found.root.type == DIRECTORY
    assert found.root.find("token-keys[0].not-before") is not None


def test_what_is_cut_off_is_decoded_as_far_as_it_goes() -> None:
    found = token_body(requested().request_headers, b"\x00\x02\xab\x01")
    assert found is not None
    assert found.error is not None
    assert [node.value for node in found.root.leaves()][:2] == ["2", "171"]


@pytest.mark.parametrize(
    ("headers", "body"),
    [((), b"x"), ((("content-type", "text/plain"),), b"x"), ((("content-type", MEDIA_TYPE),), b"")],
)
def test_anything_else_is_left_to_others(headers: tuple[tuple[str, str], ...], body: bytes) -> None:
    assert token_body(headers, body) is None


def test_a_media_type_has_no_case() -> None:
    assert media_type((("Content-Type", f" {RESPONSE_TYPE.upper()}"),)) == RESPONSE_TYPE
    assert media_type(()) == ""


def test_a_struct_by_itself() -> None:
    assert struct_dissection(TokenResponse, b"r" * 256).error is None
