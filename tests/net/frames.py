"""HTTP/2 frames as bytes, for clients that do what no library lets them do (RFC 9113 4.1, 6)."""

import hpack

from simulator.bench.floods.frames import END_STREAM, PREFACE, frame

from .loopback import Loopback, Stream

DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS = range(5)
PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(6, 10)


class Conversation:
    """One HTTP/2 connection whose bytes are made, and read, without a library that has rules."""

    def __init__(self, stream: Stream) -> None:
        self.stream = stream
        self.statuses: dict[int, int] = {}
        self.bodies: dict[int, bytes] = {}
        self.reset: dict[int, int] = {}
        """Error codes of the server's RST_STREAM frames."""
        self.goaway: list[int] = []
        """Error codes of its GOAWAY frames."""
        self.pongs = 0
        self.ended: set[int] = set()
        self._unread = b""
        self._decoder = hpack.Decoder()

    @classmethod
    async def open(cls, loopback: Loopback, settings: bytes = b"") -> "Conversation":
        """After the preface and our settings."""
        conversation = cls(await loopback.connect(loopback.authority.client_context(http2=True)))
        await conversation.send(PREFACE + frame(SETTINGS, 0, 0, settings))
        return conversation

    async def send(self, data: bytes) -> None:
        """Bytes as they are."""
        await self.stream.send_all(data)

    async def listen(self, *streams: int) -> None:
        """Until these streams have ended, or the server closes; without any, until it closes."""
        while (not streams or not self.ended >= set(streams)) and await self.listen_once():
            pass

    async def listen_once(self) -> bool:
        """To what comes next, if the server has not closed."""
        data = await self.stream.receive_some()
        self._unread += data
        while len(self._unread) >= 9 and len(self._unread) >= 9 + int.from_bytes(self._unread[:3], "big"):
            end = 9 + int.from_bytes(self._unread[:3], "big")
            head, payload, self._unread = self._unread[:9], self._unread[9:end], self._unread[end:]
            self._hear(head[3], head[4], int.from_bytes(head[5:], "big"), payload)
        return bool(data)

    def _hear(self, kind: int, flags: int, stream: int, payload: bytes) -> None:
        if kind == HEADERS:
            self.statuses[stream] = int(dict(self._decoder.decode(payload))[":status"])
        elif kind == DATA:
            self.bodies[stream] = self.bodies.get(stream, b"") + payload
        elif kind == RST_STREAM:
            self.reset[stream] = int.from_bytes(payload, "big")
        elif kind == GOAWAY:
            self.goaway.append(int.from_bytes(payload[4:8], "big"))
        elif kind == PING and flags:
            self.pongs += 1
        if kind == RST_STREAM or (kind in (HEADERS, DATA) and flags & END_STREAM):
            self.ended.add(stream)
