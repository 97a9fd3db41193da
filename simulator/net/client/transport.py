"""An httpx transport over our network: own pool, own deadlines; HTTP/1.1 and HTTP/2 on its connections are `http1` and
`http2`.

Each host has its own stack of idle connections, and an answer is read whole before its connection goes back there.
"""

import time
from dataclasses import replace
from functools import partial
from math import inf
from ssl import SSLCertVerificationError, SSLContext
from typing import cast

import httpx
import trio

from simulator.dataclass import dataclass
from simulator.net.client.attempt import Attempt, Lost, Timings
from simulator.net.client.dialing import dial
from simulator.net.client.http1 import HTTP1
from simulator.net.client.http2 import HTTP2, Refused
from simulator.net.client.outgoing import Outgoing
from simulator.net.client.request_route import RequestRoute
from simulator.net.client.traffic_tap import KeyLog, Tap
from simulator.net.client.wire import Wire
from simulator.net.http import HTTPReply, PeerFacts, encode_headers
from simulator.net.limits import ClientLimits
from simulator.net.network import Address, Network
from simulator.net.timeouts import Timeout
from simulator.net.tls.certificate_names import dns_names
from simulator.net.tls.tls import HandshakeError, TLSFacts, TLSStream, close, handshake
from simulator.trace.events import Connected, Disconnected
from simulator.trace.recorder import Recorder

MOST_REFUSALS = 3
"""So many connections on which a server answers nothing, before it lets go of them, are its answer."""


class Transport(httpx.AsyncBaseTransport):
    """Carries requests over `network`. A returned answer is complete: its body is in memory, its connection free.

    Raises one of FAILURES, trio.TooSlowError after `limits.seconds`, or GivenUp. To be closed with `aclose`, and usable
    again after that.
    """

    def __init__(
        self,
        sender: str,
        network: Network,
        context: SSLContext,
        http2: bool,
        limits: ClientLimits,
        recorder: Recorder | None = None,
        *,
        certified: bool = False,
    ) -> None:
        self._sender = sender
        self._certified = certified
        self._network = network
        self._context = context
        self._http2 = http2
        self._limits = limits
        self._recorder = recorder or Recorder()
        self._keys = KeyLog(context, self._recorder) if self._recorder.wire else None
        self._hosts: dict[str, _Host] = {}
        self._idle: dict[_Link, None] = {}  # over all hosts, the one that has waited longest first
        self._under_way: dict[Timeout, None] = {}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One exchange, for an httpx client. The response's `extensions["peer"]` are the PeerFacts of who answered."""
        route = RequestRoute(self._sender, request.url.raw_host.decode("ascii"), request.method, request.url.path)
        reply = await self.exchange(route, request, [])
        return httpx.Response(
            reply.status,
            headers=encode_headers(reply.headers),
            stream=httpx.ByteStream(reply.body),
            extensions={"peer": reply.peer},
        )

    async def exchange(
        self, route: RequestRoute, request: httpx.Request, faults: list[str], timings: Timings | None = None
    ) -> HTTPReply:
        """One exchange with `route.host`; the names of the faults that it meets are appended to `faults`, also if it
        fails. How it gets through is noted in `timings`.
        """
        timeout = Timeout(self._limits.seconds, self._network.clock)
        outgoing = await Outgoing.of(request)
        attempt = Attempt(route, outgoing.body, timeout, faults, timings=timings or Timings())
        onward = partial(self._send, outgoing)
        if self._network.links is not None:
            onward = partial(self._network.links.carry, outgoing=outgoing, onward=onward)
        self._under_way[timeout] = None
        try:
            with timeout.running():
                return await self._network.faults.carry(attempt, onward)
        finally:
            del self._under_way[timeout]

    def give_up(self) -> None:
        """End all exchanges that are under way."""
        for timeout in tuple(self._under_way):
            timeout.give_up()

    async def _send(self, request: Outgoing, attempt: Attempt) -> HTTPReply:
        name = attempt.route.host
        await self._network.returning.wait_for(name)
        address = self._network.route(attempt.route)
        host = self._hosts.get(name)
        if host is None:
            host = self._hosts[name] = _Host(name, fair_queue=1 if self._http2 else self._limits.connections)
        whole = request if attempt.body is request.body else replace(request, body=attempt.body)
        message = _Message(whole, attempt)
        exchange = self._share if self._http2 else self._borrow
        refusals: list[Refused] = []
        while sum(refused.in_vain for refused in refusals) < MOST_REFUSALS:
            try:
                return await exchange(host, address, message)
            except Refused as refused:  # HTTP/2: it was not looked at, so it may go over another connection
                refusals.append(refused)
        raise Lost(f"{MOST_REFUSALS} times the server let go of the connection (GOAWAY) and answered nothing")

    async def aclose(self) -> None:
        """Close every connection."""
        for host in self._hosts.values():
            while host.links:
                await host.links.pop().close()
        self._idle.clear()

    async def _borrow(self, host: "_Host", address: Address, message: "_Message") -> HTTPReply:
        """HTTP/1.1: have a connection to oneself, and give it back."""
        async with host.turn:
            link = await self._take(host, address) or await self._open(host, address)
            try:
                response = await self._converse(link, message)
            except BaseException:
                await link.close()
                raise
            host.links.append(link)
            await self._rest(link)
        return response

    async def _share(self, host: "_Host", address: Address, message: "_Message") -> HTTPReply:
        """HTTP/2: everybody uses the same connection at the same time."""
        async with host.turn:
            link = await self._take(host, address) or await self._open(host, address)
            host.links.append(link)
        try:
            response = await self._converse(link, message)
        except BaseException:
            if link.broken:  # for everybody who uses it
                await self._drop(link)
            else:
                await self._rest(link)
            raise
        await self._rest(link)
        return response

    async def _take(self, host: "_Host", address: Address) -> "_Link | None":
        while host.links:
            link = host.links.pop()
            self._idle.pop(link, None)
            if link.address == address and link.usable:
                return link
            if link.http.idle:
                await link.close()  # else the last who uses it does that
        return None

    async def _rest(self, link: "_Link") -> None:
        """Keep a connection that nobody uses now for the next, if it is good for that."""
        if not link.http.idle:
            return
        if not link.http.available or link not in link.host.links:
            await self._drop(link)
            return
        self._idle[link] = None
        while len(self._idle) > self._limits.idle:
            await self._drop(next(iter(self._idle)))

    async def _drop(self, link: "_Link") -> None:
        self._idle.pop(link, None)
        if link in link.host.links:
            link.host.links.remove(link)
        await link.close()

    async def _open(self, host: "_Host", address: Address) -> "_Link":
        mark, started, clock = self._recorder.begin(), time.time(), trio.current_time()
        plain = await dial(address, self._network.source_addresses.towards(address.host, self._sender))
        number = self._recorder.connection()
        tap = Tap(plain, self._recorder, number) if self._recorder.wire else None
        if self._keys is not None and tap is not None:
            self._keys.follow(tap, number)
        stream = cast("trio.SocketStream", tap or plain)  # what TLS and we need of one, a Tap has
        secured = trio.SSLStream(stream, self._context, server_hostname=host.name, https_compatible=True)
        facts: TLSFacts | None = None
        try:
            facts = await handshake(secured, inf)  # the exchange has a deadline of its own
            self._check_version(facts)
            ends = plain.socket.getsockname(), plain.socket.getpeername()  # none, if the peer has reset it by now
        except BaseException:
            await (trio.aclose_forcefully(secured) if facts is None else close(secured))
            self._recorder.add(Disconnected(started=time.time(), connection=number))
            raise
        connected = Connected(
            started=started,
            connection=number,
            sender=self._sender,
            host=host.name,
            client=ends[0],
            server=ends[1],
            http_version="2" if facts.alpn == "h2" else "1.1",
            tls_version=facts.version,
            cipher=facts.cipher,
            seconds=trio.current_time() - clock,
        )
        self._recorder.add(connected, mark)
        if self._keys is not None:
            self._keys.tell()
        return _Link(host, address, secured, facts, number, self._recorder, self._limits.body)

    def _check_version(self, facts: TLSFacts) -> None:
        if self._http2 and facts.alpn != "h2":
            raise HandshakeError("it does not speak HTTP/2")

    async def _converse(self, link: "_Link", message: "_Message") -> HTTPReply:
        attempt, wire = message.attempt, link.wire
        if self._certified:
            _check_names(link.facts.certificate or b"", (attempt.route.host, attempt.route.provider))
        timings = attempt.timings
        timings.connection, timings.peer, timings.opened = link.number, link.facts, trio.current_time()
        paced = attempt.sending or attempt.reading
        if paced:
            wire.pace(attempt.sending, attempt.reading)

        def answered() -> None:
            timings.answered = trio.current_time()
            wire.answer_begins()

        try:
            status, headers, body = await link.http.exchange(message.request, answered)
        finally:
            if paced:
                wire.pace(None, None)
        return HTTPReply(status, headers, body, link.facts)


def _check_names(certificate: bytes, wanted: tuple[str, ...]) -> None:
    """Raises HandshakeError where a certificate lacks one of these names."""
    found = dns_names(certificate)
    for name in wanted:
        if name not in found:
            refused = SSLCertVerificationError()
            refused.verify_message = f"it is not of {name}, but of {', '.join(found) or 'nobody'}"
            raise HandshakeError(refused.verify_message) from refused


@dataclass(frozen=True, slots=True)
class _Message:
    """A request, and how it is to go."""

    request: Outgoing
    attempt: Attempt


class _Host:
    """The open connections to one host name: with HTTP/1.1 the idle ones, with HTTP/2 the one that all share."""

    def __init__(self, name: str, fair_queue: int) -> None:
        self.name = name
        self.links: list[_Link] = []
        self.turn = _Turn(trio.Semaphore(fair_queue))


class _Turn:
    """Held in an `async with` block. One that is free is had at once, without any other task's turn in between."""

    def __init__(self, free: trio.Semaphore) -> None:
        self._free = free

    async def __aenter__(self) -> None:
        if self._free.value:
            self._free.acquire_nowait()
        else:
            await self._free.acquire()

    async def __aexit__(self, *_: object) -> None:
        self._free.release()


class _Link:
    """One open connection."""

    def __init__(
        self,
        host: _Host,
        address: Address,
        stream: TLSStream,
        facts: TLSFacts,
        number: int,
        recorder: Recorder,
        largest_body: int,
    ) -> None:
        http2 = facts.alpn == "h2"
        self.host = host
        self.address = address
        self.number = number
        self._recorder = recorder
        self._closed = False
        self.wire = Wire(stream, eager=http2)
        self.http = (HTTP2 if http2 else HTTP1)(self.wire, largest_body)
        self.facts = PeerFacts(
            http_version="2" if http2 else "1.1",
            tls_version=facts.version,
            cipher=facts.cipher,
            certificate=facts.certificate,
            address=(address.host, address.port),
        )

    @property
    def broken(self) -> bool:
        """Whether nothing comes of it any more, for nobody."""
        return self.wire.closed or self.wire.torn or self.http.failed

    @property
    def usable(self) -> bool:
        """Whether a request may still be sent on it. An idle peer has nothing to say but that it closes."""
        return self.http.available and not self.broken and not (self.http.idle and self.wire.readable)

    async def close(self) -> None:
        """Close it at once, also while being cancelled."""
        with trio.CancelScope(shield=True):
            await self.wire.aclose()
        if not self._closed:
            self._closed = True
            self._recorder.add(Disconnected(started=time.time(), connection=self.number))
