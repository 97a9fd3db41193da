"""What opening any request has in common."""

import pytest

from simulator.codec import MOST_VALUES, encode, write_varint
from simulator.drafts.mimi_transport_00.binding.request import by_provider, check_head, head, named, opened
from simulator.drafts.mimi_transport_00.messages.common import Head
from simulator.drafts.mimi_transport_00.messages.key_packages import GroupKeyPackageRequest
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyRequest
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.names import user_provider
from simulator.services.refusal import Code, Refusal
from tests.breaking import breaks


def code_of(caught: pytest.ExceptionInfo[Refusal]) -> Code:
    return caught.value.code


def test_a_body_decodes_as_a_whole() -> None:
    request = VerificationKeyRequest(1, "b.example", "a.example")
    assert opened(VerificationKeyRequest, encode(request)) == request
    for body in (b"", encode(request)[:-1], encode(request) + b"\0"):
        with pytest.raises(Refusal, match="no VerificationKeyRequest") as caught:
            opened(VerificationKeyRequest, body)
        assert code_of(caught) is Code.malformed


@breaks("P-2-400-HEAD/FORM")
def test_a_head_is_read_without_the_rest() -> None:
    body = encode(Head(1, "b.example", "a.example"))
    assert head(VerificationKeyRequest, body + b"\xff", Head) == Head(1, "b.example", "a.example")
    envelope = by_provider(VerificationKeyRequest, "verification_key")(WireRequest("GET", "/", body=body))
    assert (envelope.operation, envelope.rate_keys) == ("verification_key", ("provider b.example",))
    with pytest.raises(Refusal, match="no VerificationKeyRequest: recipient at byte 13") as caught:
        head(VerificationKeyRequest, body[:-1], Head)
    assert code_of(caught) is Code.malformed


@pytest.mark.parametrize(("version", "name", "code"), [(2, "a.example", "unsupported_version"), (1, "a", "malformed")])
def test_a_head_is_checked(version: int, name: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        head(VerificationKeyRequest, encode(Head(version, "b.example", name)), Head)
    assert code_of(caught) == code


def test_values_are_counted_before_they_are_read() -> None:
    """A request for the KeyPackages of so many clients that one is not read: which it would have been found to lack."""
    front = encode(Head(1, "b.example", "a.example")) + b"\0"  # no requester
    client = b"\1"  # a target of clients
    for count, error, rule in ((MOST_VALUES, HTTPRefusal, "P-2-413-VALUES"), (100, Refusal, "P-2-400-BODY")):
        body = front + client + write_varint(count) + bytes(count)
        with breaks(rule), pytest.raises(Refusal) as caught:
            opened(GroupKeyPackageRequest, body)
        assert type(caught.value) is error
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


@breaks("P-2-400-HEAD/NAMES")
def test_other_names_have_their_forms() -> None:
    assert named("the target", "mimi://a.example/u/alice", user_provider) == "mimi://a.example/u/alice"
    with pytest.raises(Refusal, match="the target: 'alice' is no user URI") as caught:
        named("the target", "alice", user_provider)
    assert code_of(caught) is Code.malformed
