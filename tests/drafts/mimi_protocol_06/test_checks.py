"""The order of the checks, each broken alone."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts.mimi_protocol_06.binding.identifier_query import IDENTIFIER_QUERY
from simulator.drafts.mimi_protocol_06.checks import CHECKS, RATES
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import HTTPRefusal
from simulator.services.refusal import Refusal
from tests.breaking import breaks
from tests.drafts.serving import Listening

BODY = b"\x05\x02\x03bob\x00"


def _call(server: Listening | None = None, **changes: Any) -> Call:
    request = IDENTIFIER_QUERY.wire_request(
        BODY, {"domain": "b.example"}, (*from_header("a.example"), ("content-type", "application/octet-stream"))
    )
    request = replace(request, host="b.example", names=lambda: ("a.example",), address="::1")
    server = server or Listening("b.example", "b.example", "b.example", mutual_tls=True)
    return Call(replace(request, **changes), IDENTIFIER_QUERY, server)


async def _checked(call: Call) -> Call:
    for check in CHECKS:
        await check(call)
    return call


def test_the_order_is_that_of_the_page() -> None:
    assert [each.name for each in CHECKS] == [
        "host",
        "path",
        "method",
        "from",
        "certificate",
        "content type",
        "content coding",
        "body size",
        "token",
        "rate by address and provider",
        "whole",
        "rate by group, member and requester",
        "spend",
    ]


async def test_what_is_in_order_passes_them_all() -> None:
    server = Listening("b.example", "b.example", "b.example", mutual_tls=True)
    call = await _checked(_call(server))
    assert call.envelope is not None
    assert (call.envelope.operation, call.envelope.sender) == ("identifierQuery", "a.example")
    assert server.operations == ["identifierQuery"]
    assert server.drawn == [("address ::1", "provider a.example"), ("requester a.example",)]


@pytest.mark.parametrize(
    ("changes", "rule", "status"),
    [
        ({"host": "c.example"}, "P6-2-421", 421),
        ({"method": "GET"}, "P6-2-405", 405),
        ({"headers": (("content-type", "application/octet-stream"),)}, "P6-2-FROM/ONE", None),
        ({"names": lambda: ("m.example",)}, "P6-2-FROM-CERTIFICATE", None),
        ({"headers": (("from", "mimi@a.example"), ("content-type", "text/plain"))}, "P6-2-415/TYPE", 415),
        (
            {
                "headers": (
                    ("from", "mimi@a.example"),
                    ("content-type", "application/octet-stream"),
                    ("content-encoding", "gzip"),
                )
            },
            "P6-2-415/CODING",
            415,
        ),
        ({"body_too_large": True}, "P6-2-413", 413),
        ({"variables": {"domain": "B.example"}}, "P6-2-PATH-NAME", None),
        ({"body": BODY + b"\0"}, "P6-2-BODY/FORM", None),
    ],
)
async def test_each_refuses_what_only_it_minds(changes: dict[str, Any], rule: str, status: int | None) -> None:
    with breaks(rule), pytest.raises(Refusal) as caught:
        await _checked(_call(**changes))
    assert (caught.value.status if isinstance(caught.value, HTTPRefusal) else None) == status


async def test_where_nothing_is() -> None:
    call = _call()
    call.found = None
    with breaks("P6-2-404"), pytest.raises(HTTPRefusal):
        await _checked(call)


async def test_a_request_hears_of_what_comes_first() -> None:
    """Wrong from the first to the last: taken back one by one, each is heard of in its turn."""
    wrong: dict[str, Any] = {
        "host": "c.example",
        "method": "GET",
        "names": lambda: (),
        "body_too_large": True,
        "body": b"",
    }
    heard = []
    for name in tuple(wrong):
        with pytest.raises(Refusal) as caught:
            await _checked(_call(**wrong))
        heard.append(caught.value.rules[0])
        del wrong[name]
    assert heard == ["P6-2-421", "P6-2-405", "P6-2-FROM-CERTIFICATE", "P6-2-413", "P6-2-BODY/FORM"]


@pytest.mark.parametrize(
    ("bucket", "rule"),
    [
        ("address ::1", "P6-8-RATES/ADDRESS"),
        ("provider a.example", "P6-8-RATES/PROVIDER"),
        ("group x", "P6-8-RATES/GROUP"),
        ("member x", "P6-8-RATES/MEMBER"),
        ("requester a.example", "P6-8-RATES/REQUESTER"),
    ],
)
async def test_a_bucket_may_be_empty(bucket: str, rule: str) -> None:
    server = Listening("b.example", "b.example", "b.example", mutual_tls=True, limited=frozenset({bucket}))
    with breaks(rule), suppress(Refusal):
        await _checked(_call(server))
        server.check_rate((bucket,), RATES)
