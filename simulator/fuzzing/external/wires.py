"""Target below the protocol: HTTP requests that are strange, and bytes that are no HTTP at all, for somebody else's
server, over real TLS.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from ssl import SSLContext
from urllib.parse import urlsplit

import trio
from hpack import Decoder, HPACKError

from simulator.drafts.draft import Draft
from simulator.federation import Session
from simulator.fuzzing.altered_http import AlteredHTTP, told
from simulator.fuzzing.environment import Environment, Seed
from simulator.fuzzing.external.exchange import PATIENCE, Exchange
from simulator.fuzzing.external.scene import ExternalScene
from simulator.fuzzing.external.server import Gone
from simulator.fuzzing.external.verdicts import BUSY, HungUp, NoAnswer, NotServing, ServerFailed
from simulator.fuzzing.http import ALPN, HTTP, Header, Pieces
from simulator.fuzzing.odd_requests import OCTETS, placed
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.whole_bodies import body_of
from simulator.mutation.cases import Case, Shot
from simulator.mutation.randomness import Random

QUIET = 0.2
"""Seconds for an answer to bytes that may well be the beginning of a request only."""
MAY_SAY = frozenset({501, BUSY, 505})
"""What HTTP has for a method, a version or a moment that a server does not serve: no failure of its."""
_NAMED = re.compile(r"(?:ds\.)?[ab]\.example", re.IGNORECASE)
"""Names in odd requests: a.example is who is asked there, b.example somebody else."""


class ExternalWires:
    """Whatever comes over a TLS connection, the server goes on; and what it is asked as it should be, it answers."""

    name = "wires"

    def __init__(self, environment: Environment, scene: ExternalScene, versions: tuple[str, ...]) -> None:
        """`versions` are those of HTTP that the server takes, by ALPN."""
        session, server = environment.session, scene.server.name
        self._session = session
        self._asks = session.providers[0].name
        self._host = host_of(scene)
        self._contexts = contexts(session)
        self._valid = [
            _as_http(session.draft, seed, scene.urls[number])
            for number, seed in enumerate(environment.seeds)
            if seed.sender == self._asks and urlsplit(scene.urls[number]).hostname == self._host
        ]
        names = {"a.example": server, "ds.a.example": self._host}
        names |= {"b.example": self._asks, "ds.b.example": f"ds.{self._asks}"}
        posts = [each.target for each in self._valid if each.method == "POST"]
        get = session.draft.discovery.endpoint.wire_request().path
        odd, pieces = placed(posts[0] if posts else get, get)
        self._altered = AlteredHTTP(
            self._host,
            [_renamed(each, names) for each in odd],
            [_cut(each, names) for each in pieces],
            self._valid,
            versions,
        )
        self._exchange = Exchange(session, server)

    def case(self, rng: Random) -> Case:
        """A request that HTTP allows or not, frames of one, or bytes that are none."""
        return self._altered.case(rng)

    def shot(self, case: Case) -> Shot:
        """The bytes, and the version they pretend to be; and whether all of it is as it should be."""
        whole = case.name == "http/1.1" and not case.edits and not case.cuts and case.seed in self._valid
        return {**self._altered.shot(case), "whole": whole}

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return self._altered.place(case)

    async def fire(self, shot: Shot) -> str:
        """The server answers, closes, or waits for more, and then still answers an honest question. Raises Gone."""
        async with self._exchange.watched():
            outcome = await self._outcome(shot)
            asked = f"{len(shot['data']) // 2} bytes over {shot['alpn']} of {self._asks} at {self._host}"
            if outcome.isdecimal() and int(outcome) >= 500 and int(outcome) not in MAY_SAY:
                raise ServerFailed(f"HTTP {outcome} to {asked}")
            if shot["whole"] and outcome in ("closes", "resets"):
                raise HungUp(f"it {outcome} without an answer to a request that is as it should be: {asked}")
            if shot["whole"] and outcome == "waits":
                raise NoAnswer(f"no answer in {PATIENCE:g} s to a request that is as it should be: {asked}")
        return outcome

    async def _outcome(self, shot: Shot) -> str:
        alpn, answer = shot["alpn"], b""
        async with connected(self._session, self._host, self._contexts[alpn]) as stream:
            with trio.move_on_after(PATIENCE if shot["whole"] else QUIET):
                try:
                    await stream.send_all(bytes.fromhex(shot["data"]))
                    while not told(alpn, answer) and (more := await stream.receive_some()):
                        answer += more
                except trio.BrokenResourceError:
                    return "resets"
                outcome = status(answer) if alpn == "h2" else told(alpn, answer) or "closes"
                return outcome if outcome.isdecimal() or outcome in ("closes", "frames") else "no HTTP"
        return "waits"


@asynccontextmanager
async def connected(
    session: Session, host: str, context: SSLContext
) -> AsyncIterator[trio.SSLStream[trio.SocketStream]]:
    """A TLS connection with the server at a host, which is broken off in the end. Raises NotServing."""
    address = present(session.network.lookup(host), "the server was found there before")
    stream, ready = None, False
    try:
        with trio.move_on_after(PATIENCE):
            try:
                socket = await trio.open_tcp_stream(address.host, address.port)
                stream = trio.SSLStream(socket, context, server_hostname=host, https_compatible=True)
                await stream.do_handshake()
            except (OSError, trio.BrokenResourceError) as error:
                why = error.__cause__ or error
                raise NotServing(f"there is no TLS connection with {host} any more: {why}") from None
            ready = True
        if stream is None or not ready:
            raise NotServing(f"there is no TLS connection with {host} in {PATIENCE:g} s")
        yield stream
    finally:
        if stream is not None:
            await trio.aclose_forcefully(stream)


def contexts(session: Session) -> Mapping[str, SSLContext]:
    """Those of our first provider, by ALPN."""
    identity = session.providers[0].identity
    return {alpn: session.authority.client_context(identity, http2=alpn == "h2") for alpn in ALPN}


def host_of(scene: ExternalScene) -> str:
    """The host at which the server has most of what is asked. Raises Gone where nothing is."""
    hosts = Counter(urlsplit(url).hostname or "" for url in scene.urls.values())
    if not hosts:
        raise Gone(f"{scene.server.where} was asked for nothing that could be altered")
    return hosts.most_common(1)[0][0]


async def versions_of(session: Session, host: str) -> tuple[str, ...]:
    """The HTTP versions that the server takes: it need not have both. Raises Gone where it takes none."""
    found = []
    for alpn, context in contexts(session).items():
        try:
            async with connected(session, host, context) as stream:
                if stream.selected_alpn_protocol() in (alpn, None if alpn == "http/1.1" else alpn):
                    found.append(alpn)
        except NotServing:
            continue
    if not found:
        raise Gone(f"{host} takes neither HTTP/1.1 nor HTTP/2")
    return tuple(found)


def status(answer: bytes) -> str:
    """The HTTP/2 status, where the first frame that ends something is the head of an answer; else what `told` says."""
    position = 0
    while position + 9 <= len(answer):
        end = position + 9 + int.from_bytes(answer[position : position + 3], "big")
        kind, flags = answer[position + 3], answer[position + 4]
        if kind in (0x1, 0x3, 0x7):
            if kind != 0x1 or flags & 0x2C != 0x4:  # no HEADERS frame, or not one that is whole, without padding
                return "frames"
            try:
                fields = dict(Decoder().decode(answer[position + 9 : end], raw=True))
            except HPACKError:
                return "frames"
            return fields.get(b":status", b"frames").decode("latin-1")
        position = end
    return told("h2", answer) or "closes"


def _as_http(draft: Draft, seed: Seed, url: str) -> HTTP:
    row, place = next(row for row in draft.endpoints if row.name == seed.endpoint), urlsplit(url)
    said = (Header(name, value) for name, value in seed.headers)
    headers = (Header("content-type", OCTETS), Header("host", place.netloc), *said)
    return HTTP(row.method, place.path, headers, body_of(seed.request))


def _named(text: str, names: Mapping[str, str]) -> str:
    def name(found: re.Match[str]) -> str:
        meant = names[found[0].lower()]
        return meant.upper() if found[0].isupper() else meant

    return _NAMED.sub(name, text)


def _renamed(request: HTTP, names: Mapping[str, str]) -> HTTP:
    headers = tuple(Header(header.name, _named(header.value, names)) for header in request.headers)
    return replace(request, target=_named(request.target, names), headers=headers)


def _cut(pieces: Pieces, names: Mapping[str, str]) -> Pieces:
    return Pieces(tuple(_named(piece.decode("latin-1"), names).encode("latin-1") for piece in pieces.pieces))
