"""Target: what a server holds of bodies that are not finished. Many come at once, from several addresses."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import h2.config
import h2.connection
import h2.events
import trio
from trio.testing import wait_all_tasks_blocked

from simulator.dataclass import dataclass
from simulator.fuzzing.http import ALPN
from simulator.fuzzing.http2_requests import fields
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.server_alone import HOST, ServerAlone, open_server
from simulator.mutation.cases import Case, Shot
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random
from simulator.net import HTTPClient, HTTPReply, HTTPRequest, ServerLimits

BODY, PER_PEER, IN_ALL = 16 * 1024, 64 * 1024, 256 * 1024
"""The server's limits in bytes, small, so that a case can exceed each of them soon."""

GRACE = 9
"""Seconds for all of a case's bodies, and for a server to notice that they are gone."""

URL = f"https://{HOST}/x"
Stream = trio.SSLStream[trio.SocketStream]


@dataclass(frozen=True)
class Plan:
    """Who sends what: `peers` addresses, each with so many connections with so many bodies of `size` bytes at once."""

    alpn: str
    peers: int
    connections: int
    bodies: int
    size: int
    piece: int
    chunked: bool
    """HTTP/1.1: in chunks of a piece, instead of with a Content-Length."""
    end: str
    """What becomes of them: `complete`, `reset` (HTTP/2) or `leave`."""

    @property
    def of_peer(self) -> int:
        """Bytes of one peer."""
        return self.connections * self.bodies * self.size


class Bodies:
    """However many bodies come at once, the server holds no more than it may, refuses the rest with 503 or 413, serves
    others, and holds nothing when they are gone.
    """

    name = "bodies"

    def __init__(self, alone: ServerAlone, honest: HTTPClient) -> None:
        self._alone = alone
        self._server = alone.server
        self._honest = honest
        authority = alone.authority
        self._contexts = {alpn: authority.client_context(http2=alpn == "h2") for alpn in ALPN}

    def case(self, rng: Random) -> Case:
        """A plan; most have far more than what a peer, or all of them, may have in flight."""
        alpn = rng.choice(ALPN)
        connections, bodies = (rng.randint(1, 3), rng.randint(1, 8)) if alpn == "h2" else (rng.randint(1, 12), 1)
        size = rng.choice((1, 1000, 8000, BODY - 1, BODY, BODY, BODY + 1, 2 * BODY))
        piece, chunked = rng.choice((2000, 5000, 16_384)), rng.random() < 0.3
        end = rng.choice(("complete", "complete", "reset", "leave"))
        return Case(alpn, Plan(alpn, rng.randint(1, 6), connections, bodies, size, piece, chunked, end))

    def shot(self, case: Case) -> Shot:
        """The plan."""
        return dict(vars(case.seed))

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Send all of each body but its last byte, then look at the server, then end them."""
        plan, replies = Plan(**shot), list[tuple[str, int]]()
        with trio.fail_after(GRACE):
            await self._send(plan, replies)
            while self._server.held:
                await trio.sleep(0.001)
        served = [address for address, status in replies if status == 200]
        refused = [status for _, status in replies if status != 200]
        hold(set(refused) <= {413, 503}, refused)
        hold(len(served) * (plan.size - 1) <= IN_ALL, f"{len(served)} bodies of {plan.size} bytes")
        for address in set(served):
            hold(served.count(address) * (plan.size - 1) <= PER_PEER, f"{served.count(address)} of {address}")
        if plan.size <= BODY and plan.of_peer <= PER_PEER and plan.of_peer * plan.peers <= IN_ALL:
            hold(not refused, f"{refused}, though there was room")
        if plan.end == "complete":
            hold(len(replies) == plan.peers * plan.connections * plan.bodies, "a body has no answer")
        hold((await self._honest.request("POST", URL, bytes(BODY))).status == 200, "there is room again")
        hold(self._alone.reports == [], f"the server reports {self._alone.reports}")
        return " ".join(sorted({str(status) for _, status in replies})) or plan.end

    async def _send(self, plan: Plan, replies: list[tuple[str, int]]) -> None:
        """`replies` gets the address and the status of each."""
        go = trio.Event()
        async with trio.open_nursery() as sending:
            for peer in range(plan.peers):
                for _ in range(plan.connections):
                    sending.start_soon(self._talk, plan, f"127.0.1.{peer + 1}", go, replies)
            await wait_all_tasks_blocked(0.02)  # all is on its way that can be
            hold(self._server.held <= min(IN_ALL, plan.peers * PER_PEER), self._server.held)
            reply = await self._honest.request("POST", URL, bytes(1000))
            full = plan.of_peer * plan.peers + 1000 > IN_ALL and plan.peers * PER_PEER + 1000 > IN_ALL
            hold(reply.status == 200 or (full and reply.status == 503), f"{reply.status} for somebody else")
            hold((await self._honest.request("GET", URL)).status == 200, "nobody else is answered")
            go.set()

    async def _talk(self, plan: Plan, address: str, go: trio.Event, replies: list[tuple[str, int]]) -> None:
        where = present(self._alone.network.lookup(HOST), "the server serves")
        socket = await trio.open_tcp_stream(where.host, where.port, local_address=address)
        stream = trio.SSLStream(socket, self._contexts[plan.alpn], server_hostname=HOST, https_compatible=True)
        async with socket:
            await stream.do_handshake()
            talk = _http2 if plan.alpn == "h2" else _http1
            replies += [(address, status) for status in await talk(stream, plan, go)]


async def _http1(stream: Stream, plan: Plan, go: trio.Event) -> list[int]:
    framing = b"Transfer-Encoding: chunked" if plan.chunked else b"Content-Length: %d" % plan.size
    await stream.send_all(b"POST /x HTTP/1.1\r\nHost: ds.a.example\r\n" + framing + b"\r\n\r\n")
    left = plan.size - 1
    while left:
        piece = bytes(min(left, plan.piece))
        await stream.send_all(b"%x\r\n%b\r\n" % (len(piece), piece) if plan.chunked else piece)
        left -= len(piece)
    await go.wait()
    if plan.end != "complete":
        return []
    await stream.send_all(b"1\r\nx\r\n0\r\n\r\n" if plan.chunked else b"x")
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += await stream.receive_some() or b"\r\n\r\n"
    status = int(answer[9:12])
    hold(status != 503 or b"\r\nretry-after: " in answer.lower(), "503 without a time to come again")
    return [status]


async def _http2(stream: Stream, plan: Plan, go: trio.Event) -> list[int]:
    http = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
    http.initiate_connection()
    streams = range(1, 2 * plan.bodies, 2)
    for number in streams:
        http.send_headers(number, fields())
    statuses = await _send_each(stream, http, plan.piece, dict.fromkeys(streams, plan.size - 1))
    await go.wait()
    if plan.end == "leave":
        return []
    if plan.end == "reset":
        for number in streams:
            http.reset_stream(number)
        await stream.send_all(http.data_to_send())
        return []
    statuses += await _send_each(stream, http, plan.piece, dict.fromkeys(streams, 1), end=True)
    while len(statuses) < plan.bodies:
        statuses += await _statuses(stream, http)
    return statuses


async def _send_each(
    stream: Stream, http: h2.connection.H2Connection, piece: int, left: dict[int, int], *, end: bool = False
) -> list[int]:
    """So many bytes on each stream, in turn, as the windows allow; returns what is answered meanwhile."""
    statuses: list[int] = []
    await stream.send_all(http.data_to_send())
    while any(left.values()):
        for number, rest in left.items():
            size = min(rest, piece, http.local_flow_control_window(number), http.max_outbound_frame_size)
            if size > 0:
                http.send_data(number, bytes(size), end_stream=end and size == rest)
                left[number] -= size
        await stream.send_all(http.data_to_send())
        windows = [http.local_flow_control_window(number) for number, rest in left.items() if rest]
        if windows and max(windows) <= 0:
            statuses += await _statuses(stream, http)
    return statuses


async def _statuses(stream: Stream, http: h2.connection.H2Connection) -> list[int]:
    """Of the answers in what comes next."""
    data = await stream.receive_some()
    hold(data, "the server has closed")
    found: list[int] = []
    for event in http.receive_data(data):
        if isinstance(event, h2.events.ResponseReceived):
            headers: dict[Any, Any] = dict(event.headers or ())
            found.append(int(headers[":status"]))
            hold(found[-1] != 503 or "retry-after" in headers, "503 without a time to come again")
    return found


async def _answer(request: HTTPRequest) -> HTTPReply:
    return HTTPReply(413 if request.body_too_large else 200)


@asynccontextmanager
async def open_bodies() -> AsyncIterator[Bodies]:
    """The target, with a server of its own."""
    limits = ServerLimits(body=BODY, bodies_per_peer=PER_PEER, bodies=IN_ALL)
    async with open_server(_answer, limits) as alone, alone.client() as honest:
        yield Bodies(alone, honest)
