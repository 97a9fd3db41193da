"""Events and traces by hand, for the tests of this room."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from simulator.codec.layout import FieldLayout, UIntType, WireLayout
from simulator.trace import (
    ClientShown,
    End,
    Event,
    Exchange,
    Header,
    ProtocolEvent,
    ProviderShown,
    StepBegan,
    StepEnded,
    TLSFailure,
    Trace,
)
from simulator.trace.layout import EndpointLayout, Layout

LAYOUT = Layout(
    "example",
    "1.0",
    WireLayout({"Question": (FieldLayout("number", UIntType(2)),)}),
    {"ask": EndpointLayout("POST", "/ask", "application/octet-stream", "Question", None)},
    {},
    (),
    (),
)

HEADER = Header(
    scenario="joins/second-device",
    name="A second device",
    file="scenarios/joins/second-device.yaml",
    seed=7,
    draft="mimi-transport-00",
    providers=(
        ProviderShown(
            "a.example", "ds.a.example", (ClientShown("alice.phone", "mimi://a.example/d/alice/phone"),), external=False
        ),
        ProviderShown("b.example", "ds.b.example"),
    ),
    started=1000.0,
)
EXCHANGE = Exchange(
    sender="b.example",
    recipient="ds.a.example",
    provider="a.example",
    endpoint="deliver_message",
    operation="deliver_message",
    method="POST",
    url="https://ds.a.example/deliver_message",
    request_headers=(("content-type", "application/octet-stream"),),
    request=b"\x00\xffquestion",
    http_version="1.1",
    tls_version="TLSv1.3",
    cipher="TLS_AES_256_GCM_SHA384",
    status=200,
    response_headers=(("content-length", "6"),),
    response=b"answer",
    started=1001.0,
    seconds=0.5,
    connection=1,
    number=101,
)
FAILURE = TLSFailure(
    server="a.example", reason="unsupported protocol", peer=("127.0.0.1", 1), started=1002.0, number=102
)
JOINED = ProtocolEvent(
    role="client",
    actor="mimi://a.example/d/alice/phone",
    name="alice.phone",
    kind="Joined",
    group="mimi://a.example/g/1",
    epoch=2,
    started=1003.0,
    number=103,
)


def placed(*events: Event, step: str = "1 send", number: int = 1) -> tuple[Event, ...]:
    """Events in a step, numbered as they stand."""
    return tuple(
        replace(event, number=count, step=step, step_number=number) for count, event in enumerate(events, 10 * number)
    )


def trace(*events: Event) -> Trace:
    """A trace of one step with these events, which passed."""
    began = StepBegan(started=1000.5, line=12, note="why")
    ended = StepEnded(started=1004.0, line=12, result="passed", seconds=3.5)
    end = End(started=1005.0, result="passed", seconds=5.0, number=99)
    return Trace(HEADER, (*placed(began, *events, ended), end))


@contextmanager
def full_disk(size: int) -> Iterator[None]:
    """No file can grow beyond `size` bytes: each write that would fails, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
