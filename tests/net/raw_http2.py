"""An HTTP/2 server that answers with any frames, well-formed or not."""

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import hpack
import trio

from .loopback import Loopback, Stream

Fields = Iterable[tuple[bytes, bytes]]

OK: tuple[tuple[bytes, bytes], ...] = ((b":status", b"200"), (b"content-type", b"text/plain"))
DATA, HEADERS, RESET, SETTINGS, PUSH, PING, GOAWAY, CONTINUATION = 0, 1, 3, 4, 5, 6, 7, 9
END_STREAM, END_HEADERS = 1, 4
HANG_UP = b"and hang up"
"""At the end of what a server says: it closes the connection then."""


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def head(stream: int, fields: Fields = OK, *, end: bool = False) -> bytes:
    block = hpack.Encoder().encode(fields, huffman=False)
    return frame(HEADERS, END_HEADERS | (END_STREAM if end else 0), stream, block)


def body(stream: int, content: bytes, *, end: bool = True) -> bytes:
    return frame(DATA, END_STREAM if end else 0, stream, content)


def answer(stream: int, fields: Fields = OK, content: bytes = b"hello") -> bytes:
    return head(stream, fields) + body(stream, content)


def goaway(last: int, error: int = 0) -> bytes:
    return frame(GOAWAY, 0, 0, struct.pack(">II", last, error))


def settings(**values: int) -> bytes:
    known = {"streams": 3, "window": 4}
    return frame(SETTINGS, 0, 0, b"".join(struct.pack(">HI", known[name], value) for name, value in values.items()))


@dataclass
class Raw:
    """What `serve` has seen."""

    connections: int = 0
    requests: list[dict[bytes, bytes]] = field(default_factory=list)
    """Their fields."""
    fields: list[list[tuple[bytes, bytes]]] = field(default_factory=list)
    bodies: dict[int, bytes] = field(default_factory=dict)
    """Of the last connection, by stream."""
    frames: list[tuple[int, int, bytes]] = field(default_factory=list)
    """Kind, stream and payload of all others."""
    ended: trio.Event = field(default_factory=trio.Event)
    """A connection was closed by the client."""

    async def serve(
        self, loopback: Loopback, reply: Callable[[int], bytes], *, first: bytes = frame(SETTINGS, 0, 0)
    ) -> None:
        """For ds.a.example: `reply` is asked for bytes when a stream's request is complete."""

        async def behave(stream: Stream) -> None:
            self.connections += 1
            self.bodies = {}
            try:
                await self._talk(stream, reply, first)
            except trio.BrokenResourceError:
                pass  # the client has closed it
            finally:
                self.ended.set()

        await loopback.impostor(behave, alpn="h2")

    async def _talk(self, stream: Stream, reply: Callable[[int], bytes], first: bytes) -> None:
        decoder = hpack.Decoder()
        await stream.send_all(first)
        data = bytearray()
        while len(data) < 24:
            data += await stream.receive_some()
        del data[:24]
        while True:
            while len(data) >= 9 and len(data) >= (size := 9 + int.from_bytes(data[:3], "big")):
                kind, flags, number = data[3], data[4], int.from_bytes(data[5:9], "big")
                payload = bytes(data[9:size])
                del data[:size]
                if kind == SETTINGS and not flags & 1:
                    await stream.send_all(frame(SETTINGS, 1, 0))
                if kind == HEADERS:
                    found = [(bytes(name), bytes(value)) for name, value in decoder.decode(payload, raw=True)]
                    self.fields.append(found)
                    self.requests.append(dict(found))
                elif kind == DATA:
                    self.bodies[number] = self.bodies.get(number, b"") + payload
                else:
                    self.frames.append((kind, number, payload))
                if kind in (HEADERS, DATA) and flags & END_STREAM:
                    said = reply(number)
                    await stream.send_all(said.removesuffix(HANG_UP))
                    if said.endswith(HANG_UP):
                        return
            more = await stream.receive_some()
            if not more:
                return
            data += more
