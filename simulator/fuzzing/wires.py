"""Target below the protocol: HTTP requests that are strange, and bytes that are no HTTP at all, over real TLS."""

from contextlib import suppress

import trio

from simulator.fuzzing.altered_http import AlteredHTTP, told
from simulator.fuzzing.consequences import check_faults
from simulator.fuzzing.environment import Environment, Seed
from simulator.fuzzing.http import ALPN, HTTP, Header
from simulator.fuzzing.odd_requests import OCTETS, placed
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.whole_bodies import body_of
from simulator.fuzzing.witnesses import check_others
from simulator.mutation.cases import Case, Shot
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random

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
        valid = [_as_http(environment, seed) for seed in environment.seeds if _fits(seed)]
        self._altered = AlteredHTTP(self._host, odd, pieces, valid)
        authority, identity = environment.session.authority, environment.session.provider("b").identity
        self._contexts = {alpn: authority.client_context(identity, http2=alpn == "h2") for alpn in ALPN}

    def case(self, rng: Random) -> Case:
        """A request that HTTP allows or not, frames of one, or bytes that are none."""
        return self._altered.case(rng)

    def shot(self, case: Case) -> Shot:
        """The bytes, and the version they pretend to be."""
        return self._altered.shot(case)

    def place(self, case: Case) -> str:
        """The HTTP version."""
        return self._altered.place(case)

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
                while not told(shot["alpn"], answer) and (more := await stream.receive_some()):
                    answer += more
                outcome = told(shot["alpn"], answer) or "closes"
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
