"""Whom the control interface lets in, and what it says to those who ask wrongly."""

import base64
import errno
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from simulator.federation.control.action import Action, Done
from simulator.federation.control.actions import ACTIONS
from simulator.federation.control.interface import Interface
from simulator.federation.control.operator import Operator
from simulator.machine import MachineFailure
from simulator.net import HTTPReply, HTTPRequest, PeerFacts
from tests.federated import federation

PEER = PeerFacts("1.1", "", "", None, ("127.0.0.1", 1))
JSON = ("content-type", "application/json")
TOKEN = "a-token-of-these-tests"
BEARER = ("authorization", f"Bearer {TOKEN}")


def _post(path: str, body: bytes, *headers: tuple[str, str], **changes: Any) -> HTTPRequest:
    given = {
        "authority": "127.0.0.1:8080",
        "method": "POST",
        "path": path,
        "query": "",
        "headers": (*(headers or (JSON,)), BEARER),
    }
    return HTTPRequest(**{**given, "body": body, "peer": PEER, **changes})


@pytest.fixture
def ask(operator: Operator) -> Callable[[HTTPRequest], Any]:
    interface = Interface(operator, report=lambda error: pytest.fail(str(error)), token=TOKEN)

    async def ask(request: HTTPRequest) -> tuple[int, Any, HTTPReply]:
        reply = await interface(request)
        assert reply.header("content-type") == "application/json"
        return reply.status, json.loads(reply.body), reply

    return ask


async def test_what_the_draft_lacks_is_not_listed_and_refused() -> None:
    async with federation(draft="mimi-protocol-06") as session:
        interface = Interface(Operator(session), report=lambda error: pytest.fail(str(error)), token=TOKEN)
        listed = json.loads((await interface(_post("/", b"", method="GET"))).body)["actions"]
        assert ("/delete" in listed, "/create" in listed) == (False, True)
        refused = await interface(_post("/delete", b'{"by": "alice", "group": "mimi://a.example/g/team"}'))
    body = json.loads(refused.body)
    assert (refused.status, body["error"]) == (501, "unsupported")
    assert "there is no request to delete a room" in body["message"]


async def test_it_describes_itself(ask: Any) -> None:
    status, body, _ = await ask(_post("/", b"", method="GET"))
    assert status == 200
    assert "/send" in body["actions"]


async def test_a_page_that_one_can_read_and_a_schema_for_programs(ask: Any) -> None:
    _, _, reply = await ask(_post("/", b"", method="GET"))
    assert len(reply.body.splitlines()) < 50
    assert max(map(len, reply.body.decode().splitlines())) < 250
    status, body, _ = await ask(_post("/schema", b"", method="GET"))
    assert status == 200
    assert body["actions"]["/send"]["takes"]["$defs"]["Send"]["properties"]["text"] == {"type": "string"}
    assert {"status": 404, "error": "unknown_name"}.items() <= body["errors"]["kinds"][3].items()
    assert (await ask(_post("/schema", b"{}")))[0] == 405


BASIC = base64.b64encode(f"anybody:{TOKEN}".encode()).decode()


@pytest.mark.parametrize("said", [f"Bearer {TOKEN}", f"bearer  {TOKEN}", f"Basic {BASIC}", f"BASIC {BASIC}"])
async def test_the_token_in_any_of_its_ways(ask: Any, said: str) -> None:
    for request in (_post("/", b"", method="GET"), _post("/create", b'{"by": "alice"}')):
        assert (await ask(replace(request, headers=(JSON, ("authorization", said)))))[0] == 200


NO_TOKEN = [
    "",
    "Bearer",
    "Bearer ",
    f"Bearer {TOKEN}x",
    f"Bearer {TOKEN[:-1]}",
    f"Digest {TOKEN}",
    TOKEN,
    "Bearer \xff\u2603",
    "Basic !!!",
    "Basic " + base64.b64encode(TOKEN.encode()).decode(),
    "Basic " + base64.b64encode(f"{TOKEN}:".encode()).decode(),
    "Basic " + base64.b64encode(b"\xff:\xff").decode(),
]


@pytest.mark.parametrize("said", NO_TOKEN)
async def test_nothing_is_done_or_told_without_the_token(operator: Operator, ask: Any, said: str) -> None:
    headers = (JSON, ("authorization", said)) if said else (JSON,)
    before = len(operator.client("alice").groups)
    for path, method in (("/", "GET"), ("/schema", "GET"), ("/create", "POST"), ("/no-such-thing", "POST")):
        request = replace(_post(path, b'{"by": "alice"}', method=method), headers=headers)
        status, body, reply = await ask(request)
        assert (status, body["error"]) == (401, "no_token")
        assert "federation.json" in body["message"]
        assert TOKEN not in reply.body.decode()
        assert [value.partition(" ")[0] for name, value in reply.headers if name == "www-authenticate"] == [
            "Bearer",
            "Basic",
        ]
    assert len(operator.client("alice").groups) == before


async def test_an_action(ask: Any) -> None:
    status, body, _ = await ask(
        _post("/create", b'{"by": "alice"}', ("content-type", "Application/JSON; charset=utf-8"))
    )
    assert status == 200
    assert body["group"].startswith("mimi://a.example/g/")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8080", "", "127.0.0.1.evil.example", "10.0.0.1"])
async def test_a_host_that_is_not_loopback_is_refused(ask: Any, host: str) -> None:
    """A web page whose own name has been made to lead to 127.0.0.1."""
    for request in (_post("/", b"", method="GET", authority=host), _post("/create", b"{}", authority=host)):
        status, body, _ = await ask(request)
        assert (status, body["error"]) == (421, "wrong_host")


@pytest.mark.parametrize("host", ["localhost", "localhost:99", "127.0.0.1", "[::1]:80", "LOCALHOST"])
async def test_loopback_by_any_name(ask: Any, host: str) -> None:
    assert (await ask(_post("/", b"", method="GET", authority=host)))[0] == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:8080"])
async def test_web_pages_are_refused(ask: Any, origin: str) -> None:
    status, body, _ = await ask(_post("/create", b'{"by": "alice"}', JSON, ("origin", origin)))
    assert (status, body["error"]) == (403, "web_page")


@pytest.mark.parametrize(
    ("request_", "status", "word", "part"),
    [
        (_post("/sned", b"{}"), 404, "unknown_action", 'did you mean "send"'),
        (_post("/send", b"", method="GET"), 405, "wrong_method", "takes POST"),
        (_post("/", b""), 405, "wrong_method", "takes GET"),
        (_post("/send", b"{}", ("content-type", "text/plain")), 415, "wrong_content_type", "not text/plain"),
        (_post("/send", b"{}", ("accept", "*/*")), 415, "wrong_content_type", "not missing"),
        (_post("/send", b"", body_too_large=True), 413, "too_large", "larger"),
        (_post("/create", b"{"), 400, "bad_input", "no JSON"),
        (_post("/create", b'{"by": "\xff"}'), 400, "bad_input", "no JSON"),
        (_post("/create", b'{"by": "\\ud800 "}'), 400, "bad_input", "no JSON"),
        (_post("/create", b"[" * 100_000), 400, "bad_input", "Expected `object`"),
        (_post("/create", b'{"by": ' + b"[" * 100_000), 400, "bad_input", "Expected `str`"),
        (_post("/create", b"[]"), 400, "bad_input", "Expected `object`"),
        (_post("/create", b'{"bye": "alice"}'), 400, "bad_input", 'did you mean "by"'),
        (_post("/create", b""), 400, "bad_input", "missing required field `by`"),
        (_post("/fetch", b'{"client": "bob", "since": -1}'), 400, "bad_input", "$.since"),
        (_post("/create", b'{"by": "alise"}'), 404, "unknown_name", 'did you mean "alice'),
        (_post("/send", b'{"by": "bob", "group": "mimi://a.example/g/1", "text": ""}'), 404, "unknown_group", "not in"),
        (_post("/connect", b'{"from": "bob", "to": ["mimi://a.example/u/zoe"]}'), 409, "unknown_user", "rejected by"),
        (_post("/connect", b'{"from": "bob", "to": ["mimi://z.example/u/zoe"]}'), 502, "no_answer", "z.example"),
    ],
)
async def test_what_is_wrong_is_said(ask: Any, request_: HTTPRequest, status: int, word: str, part: str) -> None:
    found, body, _ = await ask(request_)
    assert (found, body["error"]) == (status, word), body
    assert part in body["message"]


async def test_the_method_that_is_taken(ask: Any) -> None:
    assert (await ask(_post("/send", b"", method="PUT")))[2].header("allow") == "POST"


async def test_a_fault_of_ours_is_said_to_be_one(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    class ProviderCrashed(Action, frozen=True, kw_only=True):
        name: ClassVar[str] = "broken"
        example: ClassVar[dict[str, Any]] = {}

        async def run(self, operator: Operator) -> Done:
            raise ZeroDivisionError("a bug")

    monkeypatch.setitem(ACTIONS, "broken", ProviderCrashed)
    seen: list[Exception] = []
    reply = await Interface(operator, seen.append, token=TOKEN)(_post("/broken", b"{}"))
    assert (reply.status, json.loads(reply.body)["error"]) == (500, "simulator_fault")
    assert [type(error) for error in seen] == [ZeroDivisionError]


async def test_this_machine_is_not_the_simulator(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    class Limited(Action, frozen=True, kw_only=True):
        """The disk is full."""

        name: ClassVar[str] = "limited"
        example: ClassVar[dict[str, Any]] = {}

        async def run(self, operator: Operator) -> Done:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setitem(ACTIONS, "limited", Limited)
    reports: list[Exception] = []
    reply = await Interface(operator, reports.append, token=TOKEN)(_post("/limited", b"{}"))
    assert (reply.status, json.loads(reply.body)["error"]) == (503, "machine_failure")
    assert [type(report) for report in reports] == [MachineFailure]
