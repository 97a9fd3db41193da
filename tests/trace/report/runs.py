"""Runs for the report's tests: small ones with everything in them, hostile ones, and long ones."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from random import Random

from simulator.trace import (
    ClientShown,
    Dissection,
    End,
    Event,
    Exchange,
    Header,
    Mismatch,
    Node,
    Part,
    ProtocolEvent,
    ProviderShown,
    Recorder,
    StepBegan,
    StepEnded,
    TLSFailure,
    Trace,
    TraceWriter,
    file_name,
    read_all,
)

ALICE = "mimi://a.example/d/alice/phone"
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=\"document.title='taken'\">"
BEGAN = 1_700_000_000.0

HEADER = Header(
    scenario="malicious/forwarded",
    name="A forwarded message",
    file="scenarios/malicious/forwarded.yaml",
    description="What comes of it.",
    tags=("malicious",),
    covers=("T-SECURITY-RECIPIENT",),
    seed=7,
    draft="mimi-transport-00",
    started=BEGAN,
    simulator="0.1.0",
    providers=(
        ProviderShown("a.example", "ds.a.example", (ClientShown("alice.phone", ALICE),)),
        ProviderShown("b.example", "ds.b.example"),
        ProviderShown("m.example", "ds.m.example"),
    ),
)


def exchange(at: float, seconds: float = 0.01, **what: object) -> Exchange:
    """An exchange `at` seconds into the run: a good one, but for what is said."""
    facts: dict[str, object] = {
        "sender": "a.example",
        "recipient": "ds.b.example",
        "endpoint": "deliver_message",
        "method": "POST",
        "url": "https://ds.b.example/deliver_message",
        "request_headers": (("content-type", "application/octet-stream"),),
        "request": b"\x00\x01\x05hello" + bytes(range(64)),
        "http_version": "HTTP/1.1",
        "tls_version": "TLSv1.3",
        "cipher": "TLS_AES_128_GCM_SHA256",
        "status": 200,
        "response_headers": (("content-length", "3"),),
        "response": b"\x00\x01\x00",
    }
    return Exchange(started=BEGAN + at, seconds=seconds, **(facts | what))  # type: ignore[arg-type]


def event(at: float, kind: str, **what: object) -> ProtocolEvent:
    """Something that happened to alice's phone."""
    facts: dict[str, object] = {"role": "client", "actor": ALICE, "name": "alice.phone", "epoch": 2}
    return ProtocolEvent(started=BEGAN + at, kind=kind, **(facts | what))  # type: ignore[arg-type]


def dissect(endpoint: str, part: Part, data: bytes) -> Dissection | None:
    """A made-up struct: a version, a text with a length, the rest in items of 16 bytes."""
    if endpoint != "deliver_message" or len(data) < 8:
        return None
    items = tuple(
        Node(f"[{n}]", f"items[{n}]", "opaque[16]", data[at : at + 16].hex(), at, len(data[at : at + 16]))
        for n, at in enumerate(range(8, len(data), 16))
    )
    children = (
        Node("version", "version", "ProtocolVersion", "mimi10(1)", 0, 2),
        Node("greeting", "greeting", "utf8<V>", data[3:8].decode("ascii", "replace"), 2, 6),
        Node("items", "items", "vector<V>", "", 8, len(data) - 8, items),
    )
    return Dissection(Node("Greeting", "", "Greeting", "", 0, len(data), children))


def forwarded() -> Trace:
    """Two steps: one in which something is asked in between, a fault and a failed handshake; an attack that fails."""
    found = Recorder()
    found.verdict_on = lambda each: ((each.status or 0) >= 400, "wrong_recipient" if each.status == 403 else None)
    found.enter("1 send", 1)
    for each in (
        StepBegan(started=BEGAN, line=12, note="Something to steal."),
        exchange(0.1, 0.5),
        exchange(0.2, sender="b.example", recipient="ds.a.example", endpoint="verification_key", method="GET"),
        event(0.7, "Received", peer=ALICE, details={"text": "hello"}),
        exchange(0.8, fault="drop_response", status=None, error="the connection was lost", response=b""),
        event(0.85, "Rejected", rule="wrong_epoch", reason="The epoch is over."),
        TLSFailure(server="b.example", reason="unsupported protocol", peer=("127.0.0.1", 1), started=BEGAN + 0.9),
        StepEnded(started=BEGAN + 1, line=12, result="passed", seconds=1),
    ):
        found.add(each)
    found.enter("2 forward", 2)
    wrong = (Mismatch(17, "http 200", "403 wrong_recipient"),)
    found.add(StepBegan(started=BEGAN + 1, line=16, attack=True))
    found.add(exchange(1.1, sender="m.example", status=403))
    found.add(StepEnded(started=BEGAN + 2, line=16, result="failed", message="expected 200", mismatches=wrong))
    found.enter(None)
    found.add(End(started=BEGAN + 2, result="failed", seconds=2.0))
    return Trace(HEADER, found.events, dissect)


def passing() -> Trace:
    """One exchange, and all is well."""
    header = replace(HEADER, scenario="fanout/one[suite=3]", name="One guest", tags=(), covers=())
    found = Recorder()
    found.enter("1 send", 1)
    found.add(StepBegan(started=BEGAN + 3, line=4))
    found.add(exchange(3.1))
    found.add(StepEnded(started=BEGAN + 4, line=4, result="passed"))
    found.add(End(started=BEGAN + 4, result="passed", seconds=1.0))
    return Trace(header, found.events, dissect)


def hostile() -> Trace:
    """Every string that a stranger, or a file's author, has a say in is an attempt to become markup."""
    provider = ProviderShown(HOSTILE, HOSTILE, (ClientShown(HOSTILE, ALICE),))
    words = {"name": HOSTILE, "file": HOSTILE, "description": HOSTILE, "draft": HOSTILE, "simulator": HOSTILE}
    lists = {"tags": (HOSTILE,), "covers": (HOSTILE,), "parameters": {HOSTILE: HOSTILE}}
    header = replace(HEADER, scenario=HOSTILE, providers=(provider,), **words, **lists)  # type: ignore[arg-type]
    found = Recorder()
    found.verdict_on = lambda each: ((each.status or 0) >= 400, HOSTILE)
    found.enter(f"1 {HOSTILE}", 1)
    found.add(StepBegan(started=BEGAN, line=1, note=HOSTILE))
    names = dict.fromkeys(("sender", "recipient", "endpoint", "operation", "url", "method", "fault"), HOSTILE)
    versions = dict.fromkeys(("http_version", "tls_version", "cipher"), HOSTILE)
    headers = dict.fromkeys(("request_headers", "response_headers"), ((HOSTILE, HOSTILE),))
    bodies = {key: HOSTILE.encode() for key in ("request", "response")}
    found.add(exchange(0.1, status=400, **names, **versions, **headers, **bodies))
    found.add(exchange(0.2, status=None, error=HOSTILE, **bodies, endpoint="deliver_message"))
    found.add(event(0.3, "Rejected", rule=HOSTILE, reason=HOSTILE, details={HOSTILE: HOSTILE}))
    found.add(event(0.4, HOSTILE, rule=HOSTILE))
    wrong = (Mismatch(1, HOSTILE, HOSTILE),)
    found.add(StepEnded(started=BEGAN + 1, line=1, result="failed", message=HOSTILE, mismatches=wrong))
    found.add(End(started=BEGAN + 1, result="failed", message=HOSTILE, seconds=1.0))
    return Trace(header, found.events, _named_hostile)


def _named_hostile(endpoint: str, part: Part, data: bytes) -> Dissection | None:
    leaf = Node(HOSTILE, HOSTILE, HOSTILE, HOSTILE, 0, len(data))
    return Dissection(Node(HOSTILE, "", HOSTILE, "", 0, len(data), (leaf,)), HOSTILE) if data else None


def long(folder: Path, exchanges: int) -> tuple[Trace, ...]:
    """One scenario with very many exchanges, by way of a trace's file."""
    header = replace(HEADER, scenario="long")
    writer = TraceWriter(folder / file_name("long"), header)
    recorder = Recorder(writer)
    for each in _many(exchanges, recorder):
        recorder.add(each)
    writer.close()
    return tuple(replace(trace, dissect=dissect) for trace in read_all(folder))


def _many(exchanges: int, recorder: Recorder) -> Iterator[Event]:
    random = Random(1)
    for number in range(exchanges):
        if number % 100 == 0:
            step = number // 100 + 1
            recorder.enter(f"{step} send", step)
            yield StepBegan(started=BEGAN + number / 100, line=step)
        body = b"\x00\x01\x05hello" + random.randbytes(random.randrange(100, 1500))
        status = 409 if number % 97 == 5 else 200
        yield exchange(number / 100, random.random() / 60, request=body, response=body[:300], status=status)
    yield End(started=BEGAN + exchanges / 100, result="passed", seconds=exchanges / 100)
