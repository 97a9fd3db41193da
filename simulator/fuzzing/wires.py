"""Target below the protocol: HTTP requests that are strange, and bytes that are no HTTP at all, over real TLS."""

from collections.abc import Iterator
from contextlib import suppress

import trio

from simulator.bench.floods.frames import PREFACE
from simulator.bench.floods.http import http_floods
from simulator.codec.declare import wire_of
from simulator.fuzzing.consequences import check_faults
from simulator.fuzzing.environment import Environment, Seed
from simulator.fuzzing.http import ALPN, HTTP, Frame, Frames, Header, Spoken, frames_of, parsed, written
from simulator.fuzzing.odd_requests import CONVERSATIONS, OCTETS, SPICE_FRAMES, placed
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.whole_bodies import body_of
from simulator.fuzzing.witnesses import check_others
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool

GRACE = 5
"""Seconds that the server has to notice that its peer has gone."""

PATIENCE = 0.1
"""Seconds for an answer to bytes that may well be the beginning of a request only."""


class Wires:
    """Whatever comes over a TLS connection that was agreed on for HTTP/1.1 or HTTP/2, the server goes on."""

    name = "wires"

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._host = environment.session.provider("a").service_host
        odd, pieces = placed(*_paths(environment))
        requests = [*odd, *(_as_http(environment, seed) for seed in environment.seeds if _fits(seed))]
        frames = [*map(frames_of, requests), *_goodbyes(requests), *_flooding(self._host), *CONVERSATIONS.values()]
        self._seeds: dict[str, list[Spoken]] = {"http/1.1": [*requests, *pieces], "h2": [*frames]}
        self._pool = Pool([(wire_of(type(value)), value) for value in (*requests, *pieces, *frames, SPICE_FRAMES)])
        authority, identity = environment.session.authority, environment.session.provider("b").identity
        self._contexts = {alpn: authority.client_context(identity, http2=alpn == "h2") for alpn in ALPN}

    def case(self, rng: Random) -> Case:
        """A request that HTTP allows or not, frames of one, or bytes that are none, at times as they are; half of each
        version.
        """
        alpn = rng.choice(ALPN)
        spoken = alpn if rng.random() < 0.95 else rng.choice(ALPN)
        seed, how = rng.choice(self._seeds[spoken]), rng.random()
        if how < 0.1:
            return Case(alpn, seed)
        if how < 0.45:
            return Case(alpn, seed, cuts=some_cuts(written(alpn, seed), tuple, rng))
        return Case(alpn, seed, some_edits(wire_of(type(seed)), seed, self._pool, rng))

    def shot(self, case: Case) -> Shot:
        """The bytes, and the version they pretend to be."""
        data = written(case.name, altered(wire_of(type(case.seed)), case.seed, case.edits, self._pool, seeded(0)))
        for cut in case.cuts:
            data = cut.apply(data)
        return {"alpn": case.name, "data": data.hex()}

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """The server answers, closes, or waits for more, and serves others; nothing else happens to it."""
        session = self._environment.session
        address = present(session.network.lookup(self._host), "the provider serves")
        socket = await trio.open_tcp_stream(address.host, address.port)
        context = self._contexts[shot["alpn"]]
        stream = trio.SSLStream(socket, context, server_hostname=self._host, https_compatible=True)
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
        await check_others(session)
        hold(outcome != "500", "the server says that it has failed")
        if outcome.isdecimal() and outcome not in ("100", "200"):
            hold(self._environment.unchanged(), f"{outcome}, and a store has changed")
        await self._environment.restore()
        return outcome


async def _hung_up(socket: trio.SocketStream) -> None:
    """Leave, and see the server leave too: then nothing of the connection is under way there any more."""
    async with socket:
        with suppress(trio.BrokenResourceError), trio.fail_after(GRACE):
            await socket.send_eof()
            while await socket.receive_some():
                pass


def _paths(environment: Environment) -> tuple[str, str]:
    """Of an endpoint to which something is sent, the one that changes groups if there is one, and of discovery."""
    draft = environment.session.draft
    posts = [row for row in draft.endpoints if row.request is not None]
    busy = [row for row in posts if draft.words.get("handshake") and row.name == draft.words["handshake"].endpoint]
    row, discovery = (*busy, *posts)[0], draft.discovery.endpoint
    return row.wire_request().path, discovery.wire_request().path


def _fits(seed: Seed) -> bool:
    """Whether b.example may ask this of a.example, where a head says who asks."""
    return not seed.headers or (seed.sender, seed.recipient) == ("b.example", "a.example")


def _as_http(environment: Environment, seed: Seed) -> HTTP:
    row = next(row for row in environment.session.draft.endpoints if row.name == seed.endpoint)
    said = (Header(name, value) for name, value in seed.headers)
    headers = (Header("content-type", OCTETS), Header("host", environment.session.provider("a").service_host), *said)
    body = body_of(seed.request)
    return HTTP(row.method, row.wire_request(body, seed.variables).path, headers, body)


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


def _goodbyes(requests: list[HTTP]) -> Iterator[Frames]:
    """Requests with a GOAWAY in front, in the middle and behind."""
    for number, request in enumerate(requests):
        frames = frames_of(request).frames
        at = 1 + number % len(frames)
        yield Frames((*frames[:at], Frame(0x7, 0x0, 0, bytes(4) + number.to_bytes(4, "big")), *frames[at:]))


def _flooding(host: str) -> Iterator[Frames]:
    """The beginnings of floods."""
    for flood in http_floods(host).values():
        if flood.alpn == "h2":
            yield parsed((flood.first + flood.more)[len(PREFACE) :])
