"""What HTTP alone can judge of a request, whichever draft lists it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.requests import http_checks as checks
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import Envelope, HTTPRefusal, Incoming
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import Rule
from simulator.services.refusal import Code
from simulator.services.signing import GENUINE, Signature
from tests.drafts.serving import Listening

DRAFT = DRAFTS[0]
DISCOVERY = DRAFT.discovery.endpoint.path
OCTETS = (("content-type", "application/octet-stream"),)


def call(path: str, host: str, *, domain: str | None = "a.example", **changes: Any) -> Call:
    request = WireRequest("POST", path, host, OCTETS)
    return DRAFT.call(replace(request, **changes), Listening(domain=domain))


@pytest.mark.parametrize(
    ("check", "path", "changes", "status", "words"),
    [
        (checks.host, DISCOVERY, {}, 421, "is served at a.example, not at ds.a.example"),
        (
            checks.host,
            DISCOVERY,
            {"domain": None},
            421,
            "is served at the provider's own domain, not at ds",
        ),
        (checks.host, "/deliver_message", {"host": "a.example"}, 421, "is served at ds.a.example, not at a.example"),
        (checks.host, "/nothing", {"host": ""}, 421, "/nothing is served at ds.a.example, not at no host"),
        (checks.path, "/nothing", {}, 404, "there is no endpoint /nothing"),
        (checks.method, "/verification_key", {}, 405, "/verification_key takes GET, not POST"),
        (checks.content_type, "/deliver_message", {"headers": ()}, 415, "is application/octet-stream, not missing"),
        (
            checks.content_coding,
            "/deliver_message",
            {"headers": (("content-encoding", "br"),)},
            415,
            "decompressed: br",
        ),
        (checks.body_size, "/deliver_message", {"body_too_large": True}, 413, "larger than this provider takes"),
    ],
)
def test_what_http_has_a_status_for(
    check: Callable[[Rule], Callable[[Call], None]], path: str, changes: dict[str, Any], status: int, words: str
) -> None:
    made = check(checks.http_rule("X-1", Code.malformed, status, "a draft"))
    made(call("/deliver_message", "ds.a.example"))
    with pytest.raises(HTTPRefusal, match=words) as refused:
        made(call(path, **{"host": "ds.a.example", **changes}))
    assert (refused.value.status, refused.value.section, refused.value.requirement) == (status, "a draft", "X-1")


def test_some_statuses_come_with_a_header() -> None:
    with pytest.raises(HTTPRefusal) as refused:
        checks.method(checks.http_rule("X-1", Code.malformed, 405, "a draft"))(
            call("/verification_key", "ds.a.example")
        )
    assert refused.value.headers == (("allow", "GET"),)
    coded = call("/deliver_message", "", headers=(("content-encoding", "gzip"),))
    with pytest.raises(HTTPRefusal) as refused:
        checks.content_coding(checks.http_rule("X-1", Code.malformed, 415, "a draft"))(coded)
    assert refused.value.headers == (("accept-encoding", "identity"),)


def test_a_request_is_read_in_two_steps() -> None:
    asked = call(DISCOVERY, "a.example")
    assert asked.envelope is None
    checks.head(asked)
    assert (asked.envelope, asked.incoming) == (Envelope("ds_domain"), None)
    checks.whole(asked)
    assert asked.incoming is not None
    assert asked.envelope == asked.incoming.envelope
    assert isinstance(asked.server, Listening)
    assert asked.server.operations == ["ds_domain"]


@pytest.mark.parametrize("sender", [None, "b.example"])
@pytest.mark.parametrize("signed", [False, True])
async def test_a_signature_is_checked_if_a_provider_has_signed(sender: str | None, signed: bool) -> None:
    server = Listening()
    asked = DRAFT.call(WireRequest("GET", DISCOVERY), server)
    checks.whole(asked)
    assert asked.incoming is not None
    signature = Signature("label", b"content", b"signature") if signed else None
    asked.incoming = Incoming(Envelope("x", sender), asked.incoming.perform, signature)
    await checks.provider_signature(GENUINE)(asked)
    assert server.signers == (["b.example"] if sender and signed else [])
