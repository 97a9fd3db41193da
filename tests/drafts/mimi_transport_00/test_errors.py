"""Refusals on the wire and back."""

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_transport_00.errors import (
    LONGEST_DESCRIPTION,
    STATUS,
    delta_seconds,
    read_body,
    refuse,
    succeed,
)
from simulator.drafts.mimi_transport_00.messages.common import ErrorCode, ErrorResponse, MIMIError, ResponseType
from simulator.drafts.mimi_transport_00.messages.delivery import DSGroupID, DSOk, DSResponse
from simulator.drafts.mimi_transport_00.messages.key_packages import (
    ConnectionKeyPackageResponse,
    GroupKeyPackageResponse,
)
from simulator.drafts.mimi_transport_00.messages.queueing import QueueingServiceResponse
from simulator.drafts.mimi_transport_00.messages.verification_key import VerificationKeyResponse
from simulator.drafts.requests.endpoint import BadAnswer, HTTPRefusal, Reply
from simulator.services.refusal import COMMON, Code, Refusal
from tests.breaking import breaks

RESPONSES = (
    DSResponse,
    QueueingServiceResponse,
    VerificationKeyResponse,
    ConnectionKeyPackageResponse,
    GroupKeyPackageResponse,
)

TABLE = [
    "1",
    "malformed",
    "400",
    "11",
    "invalid_proposal",
    "422",
    "2",
    "unsupported_version",
    "400",
    "12",
    "invalid_welcome",
    "422",
    "3",
    "unsupported_operation",
    "400",
    "13",
    "invalid_group_info",
    "422",
    "4",
    "wrong_recipient",
    "403",
    "14",
    "invalid_leaf_node",
    "422",
    "5",
    "invalid_signature",
    "401",
    "15",
    "invalid_group_id",
    "422",
    "6",
    "unknown_group",
    "404",
    "16",
    "unknown_user",
    "404",
    "7",
    "not_a_member",
    "403",
    "17",
    "key_packages_exhausted",
    "404",
    "8",
    "not_authorized",
    "403",
    "18",
    "rate_limited",
    "429",
    "9",
    "wrong_epoch",
    "409",
    "19",
    "sender_unverifiable",
    "502",
    "10",
    "invalid_commit",
    "422",
    "20",
    "internal",
    "500",
]


def test_numbers_and_statuses_are_those_of_the_profile() -> None:
    rows = {TABLE[i + 1]: (int(TABLE[i]), int(TABLE[i + 2])) for i in range(0, len(TABLE), 3)}
    assert rows == {str(code): (ErrorCode[code].value, STATUS[code]) for code in COMMON}


@pytest.mark.parametrize("code", COMMON)
@pytest.mark.parametrize("response", RESPONSES)
def test_a_refusal_arrives_at_every_endpoint(response: type, code: Code) -> None:
    sent = Refusal(code, "the reason", "[DS] Operations", current_epoch=5, retry_after=7).named(
        "add_users", "a.example"
    )
    reply = refuse(sent)
    assert reply.status == STATUS[code]
    assert reply.header("content-type") == "application/octet-stream"
    with pytest.raises(Refusal) as caught:
        read_body(response, reply)
    got = caught.value
    assert (got.code, str(got), got.retry_after) == (code, str(sent), 7)
    assert got.current_epoch == (5 if code is Code.wrong_epoch else None)


def test_http_may_have_its_own_word_for_it() -> None:
    reply = refuse(HTTPRefusal(Code.unsupported_operation, "no such endpoint", status=405, headers=(("allow", "GET"),)))
    assert (reply.status, reply.header("allow")) == (405, "GET")
    assert reply.body == refuse(Refusal(Code.unsupported_operation, "no such endpoint")).body
    assert reply.header("retry-after") is None


def test_a_long_reason_is_cut_when_it_is_written() -> None:
    answer = decode(ErrorResponse, refuse(Refusal(Code.internal, "é" * 10_000)).body)
    assert answer.error.description == "é" * LONGEST_DESCRIPTION + " ..."


def test_a_peer_s_reason_is_cut_and_made_printable() -> None:
    error = MIMIError(ErrorCode.internal, "\x1b[31m" + "é" * 10_000)
    with pytest.raises(Refusal) as caught:
        read_body(DSResponse, Reply(500, (), encode(ErrorResponse(1, ResponseType.error, error))))
    assert caught.value.rule == "\N{REPLACEMENT CHARACTER}[31m" + "é" * (LONGEST_DESCRIPTION - 5) + " ..."


def test_success_is_read() -> None:
    assert read_body(DSResponse, succeed(DSResponse(1, DSGroupID(b"g")))) == DSGroupID(b"g")


@pytest.mark.parametrize(
    ("reply", "says", "rule"),
    [
        (Reply(200, (), b""), "no DSResponse", "ANSWER-DECODES"),
        (Reply(502, (), b"<html>"), "HTTP 502", "ANSWER-DECODES"),
        (Reply(200, (), encode(DSResponse(1, DSOk())) + b"\0"), "trailing", "ANSWER-DECODES"),
        (Reply(200, (), encode(DSResponse(2, DSOk()))), "version 2", "ANSWER-VERSION"),
        (Reply(500, (), encode(DSResponse(1, DSOk()))), "none of an error", "ANSWER-STATUS"),
    ],
)
def test_anything_else_is_no_answer(reply: Reply, says: str, rule: str) -> None:
    with breaks(rule), pytest.raises(BadAnswer, match=says):
        read_body(DSResponse, reply)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("120", 120),
        ("9" * 5000, 2**31),
        ("4294967296", 2**31),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
    ],
)
def test_seconds_in_headers(text: str, seconds: int | None) -> None:
    assert delta_seconds(text) == seconds
