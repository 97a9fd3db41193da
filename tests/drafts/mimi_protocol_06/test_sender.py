"""From: exactly one, of one form, and covered by the certificate."""

import pytest

from simulator.drafts.mimi_protocol_06.sender import covered, from_header, head, sender_of
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Envelope
from simulator.drafts.requests.wire_request import Headers, WireRequest
from simulator.services.refusal import Refusal
from tests.breaking import breaks


def _asked(*headers: tuple[str, str], names: tuple[str, ...] = ()) -> WireRequest:
    return WireRequest("GET", "/", headers=headers, names=lambda: names)


def test_it_names_the_provider() -> None:
    assert from_header("a.example") == (("from", "mimi@a.example"),)
    assert sender_of(_asked(*from_header("a.example"))) == "a.example"


@pytest.mark.parametrize(
    ("headers", "rule"),
    [
        ((), "P6-2-FROM/ONE"),
        ((("from", "mimi@a.example"), ("from", "mimi@a.example")), "P6-2-FROM/ONE"),
        ((("from", "mimi@a.example, mimi@b.example"),), "P6-2-FROM/FORM"),
        ((("from", "Mimi <mimi@a.example>"),), "P6-2-FROM/FORM"),
        ((("from", "<mimi@a.example>"),), "P6-2-FROM/FORM"),
        ((("from", "MIMI@a.example"),), "P6-2-FROM/FORM"),
        ((("from", "alice@a.example"),), "P6-2-FROM/FORM"),
        ((("from", "mimi@A.example"),), "P6-2-FROM/FORM"),
        ((("from", "a.example"),), "P6-2-FROM/FORM"),
        ((("from", "mimi@"),), "P6-2-FROM/FORM"),
        ((("from", ""),), "P6-2-FROM/FORM"),
    ],
)
def test_anything_else_is_malformed(headers: Headers, rule: str) -> None:
    with breaks(rule), pytest.raises(Refusal) as caught:
        sender_of(_asked(*headers))
    assert caught.value.code == "malformed"


def test_the_certificate_is_of_the_provider_that_it_names() -> None:
    call = Call(_asked(names=("a.example", "ds.a.example")), None, None)  # type: ignore[arg-type]
    covered(call)
    call.head = Envelope("update", "a.example")
    covered(call)
    call.head = Envelope("update", "b.example")
    with breaks("P6-2-FROM-CERTIFICATE"), pytest.raises(Refusal) as caught:
        covered(call)
    assert caught.value.code == "wrong_sender"


def test_the_head_of_a_request_says_who_asks_and_no_more() -> None:
    envelope = head("notify")(_asked(*from_header("a.example")))
    assert envelope == Envelope("notify", "a.example", rate_keys=("provider a.example",))
