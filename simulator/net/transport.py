"""An httpx transport over our network: own connections, own pool; httpcore speaks HTTP/1.1 and HTTP/2 on them.

httpcore's own pool looks at every connection for every request, which makes a client of many hosts slow. Here each host
has its own stack of idle connections, and an answer is read whole before its connection goes back there.
"""

import time
from collections.abc import AsyncIterable
from dataclasses import dataclass
from functools import partial
from math import inf
from ssl import SSLContext
from typing import cast

import httpcore
import httpx
import trio

from simulator.net.crossing import AnswerTooLarge, Crossing, Passage
from simulator.net.dialing import dial
from simulator.net.hop import Hop
from simulator.net.http import HTTPReply, PeerFacts, decode_headers, encode_headers
from simulator.net.limits import ClientLimits
from simulator.net.network import Address, Network
from simulator.net.patience import Patience
from simulator.net.tap import KeyLog, Tap
from simulator.net.tls import HandshakeError, TLSFacts, TLSStream, handshake
from simulator.net.wire import Wire
from simulator.trace.events import Connected, Disconnected
from simulator.trace.recorder import Recorder


class Transport(httpx.AsyncBaseTransport):
    """Carries requests over `network`. A returned response is complete: its body is in memory, its connection free.

    Raises one of FAILURES, or trio.TooSlowError after `limits.seconds`. To be closed with `aclose`, and usable again
    after that.
    """

    def __init__(
        self,
        sender: str,
        network: Network,
        context: SSLContext,
        http2: bool,
        limits: ClientLimits,
        recorder: Recorder | None = None,
    ) -> None:
        self._sender = sender
        self._network = network
        self._context = context
        self._http2 = http2
        self._limits = limits
        self._recorder = recorder or Recorder()
        self._keys = KeyLog(context, self._recorder) if self._recorder.wire else None
        self._hosts: dict[str, _Host] = {}
        self._idle: dict[_Link, None] = {}  # over all hosts, the one that has waited longest first

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange, for an httpx client. The response's `extensions["peer"]` are the PeerFacts of who answered."""
        hop = Hop(self._sender, request.url.host, request.method, request.url.path)
        reply = await self.exchange(hop, request, [])
        return httpx.Response(
            reply.status,
            headers=encode_headers(reply.headers),
            stream=httpx.ByteStream(reply.body),
            extensions={"peer": reply.peer},
        )

    async def exchange(
        self, hop: Hop, request: httpx.Request, faults: list[str], passage: Passage | None = None
    ) -> HTTPReply:
        """One exchange; the names of the faults that it meets are appended to `faults`, also if it fails. How it gets
        through is noted in `passage`.
        """
        patience = Patience(self._limits.seconds, self._network.clock)
        crossing = Crossing(hop, await request.aread(), patience, faults, passage=passage or Passage())
        with patience.lasting():
            return await self._network.faults.carry(crossing, partial(self._send, request))

    async def _send(self, request: httpx.Request, crossing: Crossing) -> HTTPReply:
        url = request.url
        address = self._network.route(crossing.hop)
        host = self._hosts.get(url.host)
        if host is None:
            host = self._hosts[url.host] = _Host(url.host, turns=1 if self._http2 else self._limits.connections)
        target = httpcore.URL(scheme=b"https", host=url.raw_host, port=443, target=url.raw_path)
        exchange = self._share if self._http2 else self._borrow
        while True:
            try:
                return await exchange(host, address, _Message(request, target, crossing))
            except httpcore.ConnectionNotAvailable:
                continue  # HTTP/2: the server said goodbye before it took the request, so it may go to the next link

    async def aclose(self) -> None:
        """Close every connection."""
        for host in self._hosts.values():
            while host.links:
                await host.links.pop().close()
        self._idle.clear()

    async def _borrow(self, host: "_Host", address: Address, message: "_Message") -> HTTPReply:
        """HTTP/1.1: have a connection to oneself, and give it back."""
        async with host.turns:
            link = await self._take(host, address) or await self._open(host, address)
            try:
                response = await self._converse(link, message)
            except BaseException:
                await link.close()
                raise
            if link.http.is_idle():
                host.links.append(link)
        await self._rest(link)
        return response

    async def _share(self, host: "_Host", address: Address, message: "_Message") -> HTTPReply:
        """HTTP/2: everybody uses the same connection at the same time."""
        async with host.turns:
            link = await self._take(host, address) or await self._open(host, address)
            host.links.append(link)
        try:
            response = await self._converse(link, message)
        except BaseException:
            if link.wire.closed or link.wire.torn or not link.http.is_available():  # broken for everybody who uses it
                await link.close()
            raise
        await self._rest(link)
        return response

    async def _take(self, host: "_Host", address: Address) -> "_Link | None":
        while host.links:
            link = host.links.pop()
            self._idle.pop(link, None)
            if link.address == address and link.usable:
                return link
            await link.close()
        return None

    async def _rest(self, link: "_Link") -> None:
        if link.http.is_idle():
            self._idle[link] = None
        while len(self._idle) > self._limits.idle:
            oldest = next(iter(self._idle))
            del self._idle[oldest]
            oldest.host.links.remove(oldest)
            await oldest.close()

    async def _open(self, host: "_Host", address: Address) -> "_Link":
        mark, started, clock = self._recorder.begin(), time.time(), trio.current_time()
        plain = await dial(address, self._network.sources.towards(address.host, self._sender))
        number = self._recorder.connection()
        tap = Tap(plain, self._recorder, number) if self._recorder.wire else None
        stream = cast("trio.SocketStream", tap or plain)  # what TLS and we need of one, a Tap has
        secured = trio.SSLStream(stream, self._context, server_hostname=host.name, https_compatible=True)
        try:
            facts = await handshake(secured, inf)  # the exchange has a deadline of its own
            self._check_version(facts)
        except BaseException:
            await trio.aclose_forcefully(secured)
            self._recorder.add(Disconnected(started=time.time(), connection=number))
            raise
        connected = Connected(
            started=started,
            connection=number,
            sender=self._sender,
            host=host.name,
            client=plain.socket.getsockname(),
            server=plain.socket.getpeername(),
            http_version="2" if facts.alpn == "h2" else "1.1",
            tls_version=facts.version,
            cipher=facts.cipher,
            seconds=trio.current_time() - clock,
        )
        self._recorder.add(connected, mark)
        if self._keys is not None and tap is not None:
            self._keys.tell(tap, number)
        return _Link(host, address, secured, facts, number, self._recorder)

    def _check_version(self, facts: TLSFacts) -> None:
        if self._http2 and facts.alpn != "h2":
            raise HandshakeError("it does not speak HTTP/2")

    async def _converse(self, link: "_Link", message: "_Message") -> HTTPReply:
        crossing, wire = message.crossing, link.wire
        passage = crossing.passage
        passage.connection, passage.peer, passage.opened = link.number, link.facts, trio.current_time()
        paced = crossing.sending or crossing.reading
        if paced:
            wire.pace(crossing.sending, crossing.reading)
        try:
            answer = await link.http.handle_async_request(message.over(wire))
            passage.answered = trio.current_time()
            wire.answer_begins()
            body = await self._read(link, answer)
        except httpcore.RemoteProtocolError as error:
            if wire.ended:
                raise httpcore.ReadError("it closed the connection before the answer was complete") from error
            raise
        finally:
            if paced:
                wire.pace(None, None)
        return HTTPReply(answer.status, decode_headers(answer.headers), body, link.facts)

    async def _read(self, link: "_Link", answer: httpcore.Response) -> bytes:
        body = bytearray()
        try:
            async for chunk in cast("AsyncIterable[bytes]", answer.stream):
                body += chunk
                if len(body) > self._limits.body:
                    await link.wire.aclose()  # not `break`: httpcore's generators must be run to their end
        except httpcore.ReadError:
            if len(body) <= self._limits.body:
                raise
        finally:
            await answer.aclose()
        if len(body) > self._limits.body:
            raise AnswerTooLarge(f"its answer is larger than {self._limits.body} bytes")
        return bytes(body)


@dataclass(frozen=True, slots=True)
class _Message:
    """A request for httpcore, which is made anew for each connection that is tried."""

    request: httpx.Request
    target: httpcore.URL
    crossing: Crossing

    def over(self, wire: Wire) -> httpcore.Request:
        return httpcore.Request(
            self.request.method,
            self.target,
            headers=self.request.headers.raw,
            content=_Body(self.crossing.body, wire),
        )


class _Body:
    """A request's body for httpcore, all of it at once. No generator, because httpcore leaves those unfinished."""

    def __init__(self, content: bytes, wire: Wire) -> None:
        self._content = content
        self._wire = wire

    def __aiter__(self) -> "_Body":
        return _Body(self._content, self._wire)

    async def __anext__(self) -> bytes:
        content, self._content = self._content, b""
        if not content:
            raise StopAsyncIteration
        self._wire.body_begins()
        return content


class _Host:
    """The open connections to one host name: with HTTP/1.1 the idle ones, with HTTP/2 the one that all share."""

    def __init__(self, name: str, turns: int) -> None:
        self.name = name
        self.links: list[_Link] = []
        self.turns = trio.Semaphore(turns)


class _Link:
    """One open connection."""

    def __init__(
        self, host: _Host, address: Address, stream: TLSStream, facts: TLSFacts, number: int, recorder: Recorder
    ) -> None:
        http2 = facts.alpn == "h2"
        origin = httpcore.Origin(b"https", host.name.encode("ascii"), 443)
        connection = httpcore.AsyncHTTP2Connection if http2 else httpcore.AsyncHTTP11Connection
        self.host = host
        self.address = address
        self.number = number
        self._recorder = recorder
        self._closed = False
        self.wire = Wire(stream, eager=http2)
        self.http: httpcore.AsyncConnectionInterface = connection(origin, self.wire)
        self.facts = PeerFacts(
            http_version="2" if http2 else "1.1",
            tls_version=facts.version,
            cipher=facts.cipher,
            certificate=facts.certificate,
            address=(address.host, address.port),
        )

    @property
    def usable(self) -> bool:
        """Whether a request may still be sent on it. An idle peer has nothing to say but that it closes."""
        wire = self.wire
        sound = self.http.is_available() and not wire.closed and not wire.torn
        return sound and not (self.http.is_idle() and wire.readable)

    async def close(self) -> None:
        """Close it at once, also while being cancelled."""
        with trio.CancelScope(shield=True):
            await self.http.aclose()
        if not self._closed:
            self._closed = True
            self._recorder.add(Disconnected(started=time.time(), connection=self.number))
