"""Target: the client side of a provider. A peer's server answers its requests with anything, over real TLS."""

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import replace
from functools import partial

import trio

from simulator.bench.floods.frames import DATA, END_STREAM, HEADERS, PREFACE
from simulator.codec.declare import wire_of
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing, Reply
from simulator.fuzzing.consequences import check_faults
from simulator.fuzzing.environment import PROVIDERS, Environment
from simulator.fuzzing.http import Frames, Pieces, bare
from simulator.fuzzing.odd_answers import Said, framed, plain
from simulator.fuzzing.own_bug import kind
from simulator.fuzzing.witnesses import check_others
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool
from simulator.net import Address, TransportError
from simulator.services.discovery import learn
from simulator.services.refusal import Refusal
from simulator.services.results import DiscoveryDocument

IMPOSTOR = "m.example"
ABOUT = "mimi://m.example/g/room"
"""In the path of a request that has a place for such a thing."""
ITS_HOST = "ds.m.example"

PATIENCE = 0.1
"""Seconds that the impostor waits for a request before it closes."""

GRACE = 5
"""Seconds for three requests to fail, or to be answered."""

ASKED = 3
"""Requests: two at once, and one behind them."""

MOST_CONNECTIONS = 4 * ASKED
"""A request goes over three connections on which nothing is taken (GOAWAY), and over no more."""

Stream = trio.SSLStream[trio.SocketStream]


class Impostors:
    """Whatever a server says, its peer's requests have an answer, or fail with the peer's fault and soon; other peers
    and the peer itself go on.
    """

    name = "impostors"

    def __init__(self, environment: Environment) -> None:
        session = environment.session
        self._environment = environment
        self._alpn = "h2" if environment.kind.http2 else "http/1.1"
        self._seeds: list[Said] = list(framed() if environment.kind.http2 else plain())
        self._pool = Pool([(wire_of(type(seed)), seed) for seed in self._seeds])
        self._rows = {row.name: row for row in session.draft.endpoints}
        identity = session.authority.identity(IMPOSTOR, ITS_HOST)
        self._context = session.authority.server_context(identity)
        self._context.set_alpn_protocols([self._alpn])

    def case(self, rng: Random) -> Case:
        """Something said with something altered, or as it is."""
        seed, how = rng.choice(self._seeds), rng.random()
        if how < 0.2:
            return Case(self._alpn, seed)
        if how < 0.4:
            return Case(self._alpn, seed, cuts=some_cuts(bare(seed.answer), tuple, rng))
        return Case(self._alpn, seed, some_edits(wire_of(type(seed)), seed, self._pool, rng))

    def shot(self, case: Case) -> Shot:
        """What is said first and then to each request of a connection, when, and what is asked."""
        said: Said = altered(wire_of(type(case.seed)), case.seed, case.edits, self._pool, seeded(0))
        rng = seeded(f"{said} {case.cuts}")
        answers = [bare(_for(number, said.answer)) for number in range(ASKED)]
        for cut in case.cuts:
            answers = [cut.apply(data) for data in answers]
        return {
            "first": bare(said.first).hex(),
            "answers": [data.hex() for data in answers],
            "early": rng.random() < 0.2,
            "hang_up": rng.random() < 0.3,
            "endpoint": rng.choice(list(self._rows)),
            "size": rng.choice((0, 1, 100, 100_000)),
        }

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Let a.example ask the impostor."""
        session = self._environment.session
        impostor, [listener] = _Impostor(shot, self._alpn), await trio.open_tcp_listeners(0, host="127.0.0.1")
        for name in (IMPOSTOR, ITS_HOST):
            session.network.bind(name, Address(*listener.socket.getsockname()))
        discovery = session.draft.discovery
        document = discovery.endpoint.read(discovery.leading_to(ITS_HOST, 1000))
        leading = kind(DiscoveryDocument, document, "the draft leads there by one")
        session.provider("a").executor.do(partial(learn, IMPOSTOR, leading))
        outcomes: list[str | Exception] = []
        async with trio.open_nursery() as nursery:
            secured = trio.SSLListener(listener, self._context, https_compatible=True)
            nursery.start_soon(partial(trio.serve_listeners, impostor.serve, [secured]))
            with trio.move_on_after(GRACE) as patience:
                async with trio.open_nursery() as asking:
                    for _ in range(ASKED - 1):
                        asking.start_soon(self._ask, shot, outcomes)
                await self._ask(shot, outcomes)
            nursery.cancel_scope.cancel()
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome
        hold(not patience.cancelled_caught, f"no end after {GRACE} s, and {impostor.connections} connections")
        hold(impostor.connections <= MOST_CONNECTIONS, f"{impostor.connections} connections for {ASKED} requests")
        check_faults(session)
        await check_others(session)
        await self._environment.restore()
        return ", ".join(sorted(set(map(str, outcomes))))

    async def _ask(self, shot: Shot, outcomes: list[str | Exception]) -> None:
        """Add what came of one request: a word, or what nobody but ourselves can be blamed for."""
        row, peers = self._rows[shot["endpoint"]], self._environment.session.provider("a").peers
        try:
            says = self._environment.session.draft.sender
            variables = {row.template.variable: ABOUT} if row.template.variable else {}
            headers = says.headers(PROVIDERS[0]) if says is not None else ()
            reply = await peers.send(Outgoing(row.name, row, IMPOSTOR, bytes(shot["size"]), variables, headers))
            _check_reply(reply)
            outcomes.append(f"{reply.status} {type(row.read(reply)).__name__}")
        except (TransportError, BadAnswer, Refusal) as error:
            outcomes.append(type(error).__name__)
        except Exception as error:
            outcomes.append(error)


class _Impostor:
    """Says what a shot says, on any number of connections."""

    def __init__(self, shot: Shot, alpn: str) -> None:
        self._shot = shot
        self._http2 = alpn == "h2"
        self.connections = 0

    async def serve(self, stream: Stream) -> None:
        """One connection, until nothing is asked any more."""
        self.connections += 1
        try:
            with suppress(trio.BrokenResourceError):
                await stream.do_handshake()
                await stream.send_all(bytes.fromhex(self._shot["first"]))
                await self._answer(stream)
        finally:
            await trio.aclose_forcefully(stream)

    async def _answer(self, stream: Stream) -> None:
        async with aclosing(self._requests2(stream) if self._http2 else self._requests1(stream)) as requests:
            for answer in self._shot["answers"]:
                with trio.move_on_after(PATIENCE) as patience:
                    await anext(requests)
                if patience.cancelled_caught:
                    return
                await stream.send_all(bytes.fromhex(answer))
                if self._shot["hang_up"]:
                    return

    async def _requests1(self, stream: Stream) -> AsyncGenerator[None, None]:
        """An item for each request of HTTP/1.1, when it is there, or its head is."""
        data = b""
        while True:
            while b"\r\n\r\n" not in data:
                data += await _more(stream)
            head, _, data = data.partition(b"\r\n\r\n")
            length = next((line[15:] for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"), b"0")
            if self._shot["early"]:
                yield
            while len(data) < int(length):
                data += await _more(stream)
            data = data[int(length) :]
            if not self._shot["early"]:
                yield

    async def _requests2(self, stream: Stream) -> AsyncGenerator[None, None]:
        """The same for HTTP/2."""
        data = b""
        while len(data) < len(PREFACE):
            data += await _more(stream)
        data = data[len(PREFACE) :]
        while True:
            while len(data) < 9 or len(data) < 9 + int.from_bytes(data[:3], "big"):
                data += await _more(stream)
            complete = data[3] in (DATA, HEADERS) and data[4] & END_STREAM
            if data[3] == HEADERS if self._shot["early"] else complete:
                yield
            data = data[9 + int.from_bytes(data[:3], "big") :]


async def _more(stream: Stream) -> bytes:
    data = bytes(await stream.receive_some())
    if not data:
        raise trio.BrokenResourceError("the client has gone")
    return data


def _for(number: int, answer: Frames | Pieces) -> Frames | Pieces:
    """What is said of stream 1, for the request with this number on a connection, counted from 0."""
    if isinstance(answer, Pieces):
        return answer
    return Frames(
        tuple(
            replace(frame, stream=(frame.stream + 2 * number) & 0xFFFFFFFF) if frame.stream & 1 else frame
            for frame in answer.frames
        )
    )


def _check_reply(reply: Reply) -> None:
    """Whether it can have been an answer at all."""
    hold(200 <= reply.status <= 999 or reply.status == 101, reply.status)
    for name, value in reply.headers:
        hold(name, "a field without a name")
        hold(not set(name) & set(" :\r\n\0"), name)
        hold(not set(value) & set("\r\n\0"), value)
    lengths = {int(value) for name, value in reply.headers if name == "content-length" and value.isdecimal()}
    if reply.status not in (101, 204, 304):
        hold(lengths <= {len(reply.body)} or "transfer-encoding" in dict(reply.headers), (lengths, len(reply.body)))
