"""An HTTP/2 server that answers with any frames, well-formed or not."""

from collections.abc import Callable
from dataclasses import dataclass, field

import hpack
import trio

from simulator.bench.floods.frames import DATA, END_STREAM, HEADERS, SETTINGS, frame

from .loopback import Loopback, Stream

HANG_UP = b"and hang up"
"""At the end of what a server says: it closes the connection then."""


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
