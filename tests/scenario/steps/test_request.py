"""HTTP requests of any sort."""

import json
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import msgspec
import pytest

from simulator.drafts import DRAFTS
from simulator.drafts.requests.template import Template
from simulator.errors import SimulatorError
from simulator.net import Authority
from simulator.scenario import Result, ScenarioFileError
from simulator.scenario.running.context import Request
from simulator.scenario.steps.request import SendRequest
from simulator.trace import Recorder
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, culprit, fails, passes, play, scenario, with_external

SMALL = TOPOLOGY.replace("{users: {carol: [phone]}}", "{users: {carol: [phone]}, max_body: 1000}")
KEY = "endpoint: verification_key"
CHUNKS = '"2\\r\\nab\\r\\n0\\r\\n\\r\\n"'


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (
            f"{KEY}, fields: {{version: 1, sender: b.example, recipient: a.example}}",
            "http: 403, error: wrong_recipient",
        ),
        (f"{KEY}, body: nonsense", "http: 400, error: malformed"),
        (f"{KEY}, body: 'hex:00 01'", "http: 400, error: malformed"),
        (f"{KEY}, method: POST", "http: 405, error: unsupported_operation"),
        (f"{KEY}, content_type: text/plain", "http: 415"),
        (f"{KEY}, content_type: none", "http: 415"),
        (f"{KEY}, headers: {{Content-Encoding: gzip}}", "http: 415"),
        (f"{KEY}, size: 1001", "http: 413"),
        (f"{KEY}, host: ds.nowhere.example", "http: 421"),
        (f"{KEY}, host: c.example", "http: 421"),
        (f"{KEY}, path: /verification_keys", "http: 404, error: unsupported_operation"),
        ("method: GET, path: /", "http: 404"),
        ("endpoint: ds_domain", "http: 200"),
        ("endpoint: ds_domain, method: DELETE", "http: 405"),
    ],
)
async def test_what_is_asked_and_what_comes_of_it(what: str, outcome: str) -> None:
    await passes(
        f"""
  - request: {{by: b.example, to: c.example, {what}}}
    expect: {{{outcome}, unchanged: c.example}}
""",
        SMALL,
    )


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        ('method: OPTIONS, path: "*", host: c.example', "http: 421"),
        ("method: GET, path: /x/../verification_key", "http: 404"),
        ("method: GET, path: //verification_key", "http: 404"),
        ('method: "G T", path: /', "http: 400"),
        (f"{KEY}, headers: {{x y: z}}", "http: 400"),
        (f"{KEY}, headers: {{Content-Length: x}}", "http: 400"),
        (f"{KEY}, headers: {{Content-Type: text/plain}}", "http: 415"),
        (f"{KEY}, headers: {{Host: c.example, host: b.example}}", "http: 400"),
        (
            f'{KEY}, headers: {{Transfer-Encoding: chunked}}, body: "2\\r\\nab\\r\\n0\\r\\n\\r\\n"',
            "http: 400, error: malformed",
        ),
        (f"{KEY}, headers: {{Content-Length: '2'}}, body: abc", "http: 400, error: malformed"),
    ],
)
async def test_it_is_sent_as_it_is_told(what: str, outcome: str) -> None:
    recorder = Recorder()
    result = await play(
        f"""
  - request: {{by: b.example, to: c.example, {what}}}
    expect: {{{outcome}, unchanged: c.example}}
""",
        recorder=recorder,
    )
    assert result.result is Result.passed, culprit(result)
    told = [exchange for exchange in recorder.exchanges if exchange.endpoint != "ds_domain"]
    assert [exchange.error for exchange in told] == [None]


async def test_a_struct_field_by_field() -> None:
    await passes(
        f"""
  - request: {{by: b.example, to: c.example, {KEY}, fields: {{version: 1, sender: b.example, recipient: c.example}}}}
    expect: {{http: 200}}
"""
    )


async def test_a_captured_body_at_another_endpoint() -> None:
    await passes(
        TEAM
        + """
  - send: {by: alice, group: team}
  - capture: {endpoint: deliver_message, from: a.example, to: b.example}
    as: delivery
  - request: {by: a.example, to: b.example, request: delivery, endpoint: connection_request}
    expect: {http: 400, error: unsupported_operation}
  - request: {by: a.example, to: b.example, request: delivery}
    expect: {http: 200}
"""
    )


async def test_it_is_called_what_its_body_asks_for_at_an_endpoint_and_nothing_elsewhere() -> None:
    recorder = Recorder()
    await play(
        TEAM
        + """
  - update_client: {by: bob, group: team}
  - capture: {endpoint: group_operation, from: b.example, to: a.example}
    as: update
  - request: {by: b.example, to: a.example, request: update, method: DELETE}
    expect: {http: 405}
  - request: {by: b.example, to: a.example, request: update, path: /nowhere}
    expect: {http: 404}
  - request: {by: b.example, to: a.example, endpoint: group_operation, body: nonsense}
    expect: {http: 400}
""",
        recorder=recorder,
    )
    asked = [(each.endpoint, each.operation) for each in recorder.exchanges[-3:]]
    assert asked == [("group_operation", "update_client"), ("/nowhere", None), ("group_operation", "group_operation")]


async def test_another_outcome_than_expected_is_said() -> None:
    mismatch = await fails(
        "  - request: {by: a.example, to: b.example, method: GET, path: /x}\n    expect: {http: 405}\n"
    )
    assert mismatch.expected == "http 405"
    assert mismatch.happened.startswith("404 unsupported_operation")


async def test_fields_that_are_not_the_structs() -> None:
    mismatch = await fails(f"  - request: {{by: a.example, to: b.example, {KEY}, fields: {{sendr: x}}}}\n")
    assert 'VerificationKeyRequest has no field "sendr" (did you mean "sender"?)' in mismatch.happened
    mismatch = await fails("  - request: {by: a.example, to: b.example, endpoint: ds_domain, fields: {version: 1}}\n")
    assert '"fields" need an endpoint that takes a struct' in mismatch.happened


@pytest.mark.parametrize(
    ("what", "complaint"),
    [
        ("method: GET", "say which endpoint"),
        (f"{KEY}, body: x, fields: {{}}", 'the body is either "body"'),
        (f"{KEY}, body: 'hex:0'", "is no hex"),
    ],
)
def test_what_can_not_be_asked(what: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint):
        scenario(f"  - request: {{by: a.example, to: b.example, {what}}}\n")


def test_a_variable_of_the_path_is_that_of_the_captured_request_unless_it_is_said() -> None:
    endpoint = replace(DRAFTS[0].named("deliver_message"), template=Template("/notify/{roomId}"))
    captured = Request("a.example", "b.example", "notify", b"", {"roomId": "mimi://a"})
    step = SendRequest(by="a.example", to="b.example", endpoint="fan_out")
    assert step._path(captured, endpoint) == "/notify/mimi%3A%2F%2Fa"
    assert msgspec.structs.replace(step, variables={"roomId": "b"})._path(captured, endpoint) == "/notify/b"
    assert msgspec.structs.replace(step, path="*")._path(captured, endpoint) == "*"
    with pytest.raises(SimulatorError, match="deliver_message needs a value for roomId"):
        step._path(None, endpoint)


async def test_headers_that_every_request_has_are_there_unless_others_are_said() -> None:
    """In mimi-protocol-06 each says in From who asks."""
    await passes(
        """
  - request: {by: b.example, to: c.example, endpoint: discovery}
    expect: {http: 200}
  - request: {by: b.example, to: c.example, method: GET, path: /.well-known/mimi-protocol-directory}
    expect: {http: 200}
  - request: {by: b.example, to: c.example, endpoint: discovery, headers: {From: mimi@a.example}}
    expect: {http: 403, error: wrong_sender}
  - request: {by: b.example, to: c.example, endpoint: discovery, headers: {From: nobody}}
    expect: {http: 400, error: malformed}
""",
        TOPOLOGY.replace("topology:", "topology:\n  draft: mimi-protocol-06", 1),
    )


@contextmanager
def served_elsewhere(folder: Path, asked: list[str]) -> Iterator[str]:
    """Somebody else's c.example, which has other URLs than ours and notes the paths that it is `asked` for; the start
    of a scenario file in whose topology it is.
    """
    directory = json.dumps({"notify": "https://c.example/elsewhere/{roomId}"}).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(200, directory, "application/json")

        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self._answer(201, b"", "text/plain")

        def _answer(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    theirs = Authority()
    (folder / "theirs.pem").write_bytes(theirs.certificate_pem)
    (folder / "c.pem").write_bytes(theirs.identity("c.example").pem)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(folder / "c.pem")
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = Thread(target=server.serve_forever)
        thread.start()
        head = with_external(folder).replace("topology:", "topology:\n  draft: mimi-protocol-06")
        external = f"external: {{address: 127.0.0.1, port: {server.server_port}, ca: {folder}/theirs.pem}}"
        (folder / "theirs.pem").write_bytes(theirs.certificate_pem)
        yield re.sub(r"external: \{.*?\}", external, head)
        server.shutdown()
        thread.join()


async def test_an_external_provider_is_asked_where_it_says_and_need_not_offer_all(tmp_path: Path) -> None:
    asked: list[str] = []
    steps = """
  - request: {by: a.example, to: c.example, endpoint: notify, variables: {roomId: "mimi://a.example/r/x"}, body: x}
    expect: {http: 201}
  - request: {by: a.example, to: c.example, endpoint: update, variables: {roomId: "mimi://a.example/r/x"}, body: x}
"""
    with served_elsewhere(tmp_path, asked) as head:
        result = await play(steps, head)
    assert [step.result for step in result.steps] == [Result.passed, Result.unsupported], result.reason
    assert asked == ["/elsewhere/mimi%3A%2F%2Fa.example%2Fr%2Fx"]
    assert result.reason == "c.example is an external provider: c.example offers no update"
