"""HTTP as structs, so that it can be edited like one: a request, HTTP/2 frames, pieces of anything else."""

import h2.config
import h2.connection

from simulator.bench.floods.frames import PREFACE, frame
from simulator.codec import opaque, struct, uint8, uint32, utf8

ALPN = ("http/1.1", "h2")

MOST_FRAMES = 60
"""Of a flood that frames are taken from."""


@struct
class Header:
    name: utf8
    value: utf8


@struct
class HTTP:
    """A request, for either version."""

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


@struct
class Pieces:
    """What is no request that `HTTP` can say, piece by piece: lines, chunks."""

    pieces: tuple[opaque, ...]


Spoken = HTTP | Frames | Pieces


def parsed(data: bytes) -> Frames:
    """The first frames of some bytes."""
    frames: list[Frame] = []
    while len(data) >= 9 and len(frames) < MOST_FRAMES:
        end = 9 + int.from_bytes(data[:3], "big")
        frames.append(Frame(data[3], data[4], int.from_bytes(data[5:9], "big"), data[9:end]))
        data = data[end:]
    return Frames(tuple(frames))


def frames_of(request: HTTP) -> Frames:
    """What an HTTP/2 client sends of a request, behind the preface."""
    return parsed(_http2(request)[len(PREFACE) :])


def bare(value: Frames | Pieces) -> bytes:
    """The bytes, and nothing in front of them."""
    if isinstance(value, Pieces):
        return b"".join(value.pieces)
    return b"".join(frame(each.kind, each.flags, each.stream, each.payload) for each in value.frames)


def written(alpn: str, value: Spoken) -> bytes:
    """What a client would write that does not look at what it writes."""
    if isinstance(value, HTTP):
        return _http2(value) if alpn == "h2" else _http1(value)
    return (PREFACE if isinstance(value, Frames) else b"") + bare(value)


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
