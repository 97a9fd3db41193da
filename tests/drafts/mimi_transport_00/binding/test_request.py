"""What opening any request has in common."""

import pytest

from simulator.codec import encode
from simulator.drafts.mimi_transport_00.binding.request import check_head, named, opened
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal


def code_of(caught: pytest.ExceptionInfo[Refusal]) -> Code:
    return caught.value.code


def test_a_body_decodes_as_a_whole() -> None:
    request = VerificationKeyRequest(1, "b.example", "a.example")
    assert opened(VerificationKeyRequest, encode(request)) == request
    for body in (b"", encode(request)[:-1], encode(request) + b"\0"):
        with pytest.raises(Refusal, match="no VerificationKeyRequest") as caught:
            opened(VerificationKeyRequest, body)
        assert code_of(caught) is Code.malformed


@pytest.mark.parametrize("version", [0, 2, 0xFFFF])
def test_only_version_1_is_spoken(version: int) -> None:
    check_head(VerificationKeyRequest(1, "b.example", "a.example"))
    with pytest.raises(Refusal) as caught:
        check_head(VerificationKeyRequest(version, "b.example", "a.example"))
    assert code_of(caught) is Code.unsupported_version


@pytest.mark.parametrize("name", ["", "B.example", "b", "b.example."])
def test_sender_and_recipient_are_names(name: str) -> None:
    for request in (VerificationKeyRequest(1, name, "a.example"), VerificationKeyRequest(1, "b.example", name)):
        with pytest.raises(Refusal) as caught:
            check_head(request)
        assert code_of(caught) is Code.malformed


def test_other_names_have_their_forms() -> None:
    assert named("the target", "mimi://a.example/u/alice", user_provider) == "mimi://a.example/u/alice"
    with pytest.raises(Refusal, match="the target: 'alice' is no user URI") as caught:
        named("the target", "alice", user_provider)
    assert code_of(caught) is Code.malformed
