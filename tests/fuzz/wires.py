"""Target below the protocol: HTTP requests that are strange, and bytes that are no HTTP at all, over real TLS."""

from collections.abc import Iterator
from contextlib import suppress
from random import Random

import h2.config
import h2.connection
import trio

from simulator.codec import encode, opaque, struct, uint8, uint32, utf8
from simulator.codec.declare import wire_of
from tests.floods import FLOODS
from tests.fuzz.cases import Case, Shot
from tests.fuzz.edits import altered, some_cuts, some_edits
from tests.fuzz.requests import check_faults
from tests.fuzz.values import Pool
from tests.fuzz.world import Seed, World

OCTETS = "application/octet-stream"
GRACE = 5
"""Seconds that the server has to notice that its peer has gone."""

PATIENCE = 0.1
"""Seconds for an answer to bytes that may well be the beginning of a request only."""


ALPN = ("http/1.1", "h2")
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"


@struct
class Header:
    name: utf8
    value: utf8


@struct
class HTTP:
    """A request as a struct, so that it can be edited like one."""

    method: utf8
    target: utf8
    headers: tuple[Header, ...]
    body: opaque


@struct
class Frame:
    """An HTTP/2 frame (RFC 9113 4.1); its length follows from the payload."""

    kind: uint8
    flags: uint8
    stream: uint32
    payload: opaque


@struct
class Frames:
    frames: tuple[Frame, ...]


CONNECT = bytes.fromhex("0207") + b"CONNECT" + bytes.fromhex("010c") + b"ds.a.example"
"""An HPACK block without :path and :scheme."""

SPICE_FRAMES = Frames(
    (
        Frame(0x0, 0x1, 1, b"x"),
        Frame(0x0, 0x8, 3, b"\xff"),
        Frame(0x1, 0x5, 3, CONNECT),
        Frame(0x1, 0x25, 5, b"\x00\x00\x00\x05\xff" + CONNECT),
        Frame(0x1, 0x0, 7, CONNECT[:5]),
        Frame(0x2, 0x0, 1, b"\x00\x00\x00\x01\x10"),
        Frame(0x2, 0x0, 9, b"\x80\x00\x00\x09\xff"),
        Frame(0x3, 0x0, 1, bytes(4)),
        Frame(0x4, 0x0, 0, b"\x00\x04\x00\x00\x00\x00"),
        Frame(0x4, 0x0, 0, b"\x00\x01\xff\xff\xff\xff\x00\x03\x00\x00\x00\x00"),
        Frame(0x4, 0x1, 0, b""),
        Frame(0x5, 0x4, 1, bytes(4)),
        Frame(0x6, 0x0, 0, bytes(8)),
        Frame(0x7, 0x0, 0, bytes(8)),
        Frame(0x8, 0x0, 0, b"\x7f\xff\xff\xff"),
        Frame(0x8, 0x0, 1, b"\x00\x00\x00\x00"),
        Frame(0x9, 0x4, 7, CONNECT[5:]),
        Frame(0xBE, 0xFF, 0xFFFFFFFF, b"unknown"),
    )
)

DS_HOST = (Header("host", "ds.a.example"), Header("content-type", OCTETS))
WEBSOCKET = (
    Header("connection", "keep-alive, Upgrade"),
    Header("upgrade", "websocket"),
    Header("sec-websocket-version", "13"),
    Header("sec-websocket-key", "AAAAAAAAAAAAAAAAAAAAAA=="),
)

SPICES = (
    HTTP(
        "HEAD", "//", (Header("content-type", "application/OCTET-stream"), Header("accept-encoding", "gzip")), b"\x00"
    ),
    HTTP("PUT", "/group_operation/", (Header("content-type", f"{OCTETS}; charset=x"), Header("cookie", "a=b")), b""),
    HTTP("OPTIONS", "*", (Header("host", "ds.b.example"), Header("host", "ds.a.example:443")), bytes(250_000)),
    HTTP(
        "TRACE",
        "/?a=b",
        (Header("host", ""), Header("content-encoding", "gzip"), Header("expect", "100-continue")),
        b"",
    ),
    HTTP("DELETE", "/%2e%2e/%00", (Header("host", "[::1]:8443"), Header("range", "bytes=0-1")), b"x" * 17_000),
    HTTP("get", "/.well-known/mimi/ds-domain?x", (Header("host", "a.example:x"), Header("x" * 300, "y" * 8_000)), b"x"),
    HTTP("PATCH", "https://b.example/group_operation", (Header("upgrade", "websocket"), Header("te", "trailers")), b""),
    HTTP("GET", "/.well-known/mimi/ds-domain", (Header("host", "A.EXAMPLE"), Header("connection", "upgrade")), b""),
    HTTP("GET", "HTTPS://A.EXAMPLE/.well-known/mimi/ds-domain", (Header("host", "ds.b.example:"),), b""),
    HTTP(
        "OPTIONS", "/verification_key", (Header("host", "ds.a.example:99999"), Header("expect", "100-continue")), b"x"
    ),
    HTTP("POST", "/group_operation", (*DS_HOST, Header("transfer-encoding", "chunked")), b"1\r\nx\r\n0\r\n\r\n" * 2),
    HTTP("GET", "/group_operation", (*DS_HOST, *WEBSOCKET), b"hello"),
    HTTP("GET", "/", (*DS_HOST, Header("connection", "upgrade"), Header("upgrade", "h2c")), b""),
    HTTP(
        "POST",
        "/deliver_message",
        (*DS_HOST, Header("content-encoding", "identity"), Header("content-encoding", "gzip"), Header("x", "")),
        b"\x1f\x8b",
    ),
    HTTP("CONNECT", "ds.a.example:443", DS_HOST, b""),
    HTTP("GET", "/ HTTP/1.2\r\nhost: ds.a.example\r\n\r\n\r\n\r\nGET /", DS_HOST, b"\r\n"),
)
"""Requests that are odd: each of what a finding was about is among them, so that it is combined with everything."""

MOST_FRAMES = 60
"""Of a flood that frames are taken from."""


class Wires:
    """Whatever comes over a TLS connection that was agreed on for HTTP/1.1 or HTTP/2, the server goes on."""

    name = "wires"

    def __init__(self, world: World) -> None:
        self._world = world
        requests = [*SPICES, *(_as_http(world, seed) for seed in world.seeds)]
        self._seeds: list[HTTP | Frames] = [*requests, *map(_frames, requests), *_goodbyes(requests), *_flooding()]
        self._pool = Pool([(wire_of(type(value)), value) for value in (*self._seeds, SPICE_FRAMES)])
        authority, identity = world.session.authority, world.session.provider("b").identity
        self._contexts = {alpn: authority.client_context(identity, http2=alpn == "h2") for alpn in ALPN}

    def case(self, rng: Random) -> Case:
        """A request that HTTP allows or not, frames of one, or bytes that are none; half of each version."""
        seed = rng.choice(self._seeds)
        alpn = "http/1.1" if rng.random() < (0.7 if isinstance(seed, HTTP) else 0.05) else "h2"
        if rng.random() < 0.4:
            return Case(alpn, seed, cuts=some_cuts(_written(alpn, seed), tuple, rng))
        return Case(alpn, seed, some_edits(wire_of(type(seed)), seed, self._pool, rng))

    def shot(self, case: Case) -> Shot:
        """The bytes, and the version they pretend to be."""
        data = _written(case.name, altered(wire_of(type(case.seed)), case.seed, case.edits, self._pool, Random(0)))
        for cut in case.cuts:
            data = cut.apply(data)
        return {"alpn": case.name, "data": data.hex()}

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """The server answers, closes, or waits for more; nothing else happens to it."""
        session = self._world.session
        address = session.network.lookup("ds.a.example")
        assert address is not None
        socket = await trio.open_tcp_stream(address.host, address.port)
        context = self._contexts[shot["alpn"]]
        stream = trio.SSLStream(socket, context, server_hostname="ds.a.example", https_compatible=True)
        answer, outcome = b"", "waits"
        await stream.do_handshake()
        with trio.move_on_after(PATIENCE):
            try:
                await stream.send_all(bytes.fromhex(shot["data"]))
                while not _told(shot["alpn"], answer) and (more := await stream.receive_some()):
                    answer += more
                outcome = _told(shot["alpn"], answer) or "closes"
            except trio.BrokenResourceError:
                outcome = "resets"
        await _hung_up(socket)
        await session.settle()
        check_faults(session)
        assert outcome != "500"
        if outcome.isdecimal() and outcome not in ("100", "200"):
            assert self._world.unchanged(), f"{outcome}, and a store has changed"
        await self._world.restore()
        return outcome


async def _hung_up(socket: trio.SocketStream) -> None:
    """Leave, and see the server leave too: then nothing of the connection is under way there any more."""
    async with socket:
        with suppress(trio.BrokenResourceError), trio.fail_after(GRACE):
            await socket.send_eof()
            while await socket.receive_some():
                pass


def _as_http(world: World, seed: Seed) -> HTTP:
    row = next(row for row in world.session.draft.endpoints if row.name == seed.endpoint)
    headers = (Header("content-type", OCTETS), Header("host", "ds.a.example"))
    return HTTP(row.method, row.path, headers, encode(seed.request))


def _told(alpn: str, answer: bytes) -> str:
    """The HTTP/1.1 status, or that an HTTP/2 frame has ended something; empty as long as there is neither."""
    if alpn == "http/1.1":
        return answer[9:12].decode() if b"\r\n" in answer else ""
    position = 0
    while position + 9 <= len(answer):
        if answer[position + 3] in (0x1, 0x3, 0x7):  # HEADERS, RST_STREAM, GOAWAY
            return "frames"
        position += 9 + int.from_bytes(answer[position : position + 3], "big")
    return ""


def _written(alpn: str, request: HTTP | Frames) -> bytes:
    """What a client would write that does not look at what it writes."""
    if isinstance(request, Frames):
        return PREFACE + b"".join(map(_frame, request.frames))
    return _http2(request) if alpn == "h2" else _http1(request)


def _frame(frame: Frame) -> bytes:
    head = len(frame.payload).to_bytes(3, "big") + bytes([frame.kind, frame.flags]) + frame.stream.to_bytes(4, "big")
    return head + frame.payload


def _frames(request: HTTP) -> Frames:
    return _parsed(_http2(request)[len(PREFACE) :])


def _parsed(data: bytes) -> Frames:
    frames: list[Frame] = []
    while len(data) >= 9 and len(frames) < MOST_FRAMES:
        end = 9 + int.from_bytes(data[:3], "big")
        frames.append(Frame(data[3], data[4], int.from_bytes(data[5:9], "big"), data[9:end]))
        data = data[end:]
    return Frames(tuple(frames))


def _goodbyes(requests: list[HTTP]) -> Iterator[Frames]:
    """Requests with a GOAWAY in front, in the middle and behind."""
    for number, request in enumerate(requests):
        frames = _frames(request).frames
        at = 1 + number % len(frames)
        yield Frames((*frames[:at], Frame(0x7, 0x0, 0, bytes(4) + number.to_bytes(4, "big")), *frames[at:]))


def _flooding() -> Iterator[Frames]:
    """The beginnings of floods."""
    for flood in FLOODS.values():
        if flood.alpn == "h2":
            yield _parsed((flood.first + flood.more)[len(PREFACE) :])


def _http1(request: HTTP) -> bytes:
    head = [f"{request.method} {request.target} HTTP/1.1", f"content-length: {len(request.body)}"]
    head += [f"{header.name}: {header.value}" for header in request.headers]
    return "\r\n".join([*head, "", ""]).encode() + request.body


def _http2(request: HTTP) -> bytes:
    lenient = h2.config.H2Configuration(
        header_encoding="utf-8", validate_outbound_headers=False, normalize_outbound_headers=False
    )
    client = h2.connection.H2Connection(lenient)
    client.initiate_connection()
    host = next((header.value for header in request.headers if header.name == "host"), "")
    pseudo = [(":method", request.method), (":scheme", "https"), (":authority", host), (":path", request.target)]
    headers = [(header.name, header.value) for header in request.headers if header.name != "host"]
    client.send_headers(1, pseudo + headers)
    body = request.body[: client.local_flow_control_window(1)]
    for start in range(0, len(body), client.max_outbound_frame_size):
        client.send_data(1, body[start : start + client.max_outbound_frame_size])
    client.end_stream(1)
    return client.data_to_send()
