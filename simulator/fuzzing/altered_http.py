"""HTTP as it is sent, altered: requests that are odd, valid ones of an environment, frames, pieces of anything else.

Where it is sent, and what must hold of what comes back, is a target's own.
"""

from collections.abc import Iterator, Sequence

from simulator.bench.floods.frames import PREFACE
from simulator.bench.floods.http import http_floods
from simulator.codec.declare import wire_of
from simulator.fuzzing.http import ALPN, HTTP, Frame, Frames, Pieces, Spoken, frames_of, parsed, written
from simulator.fuzzing.odd_requests import CONVERSATIONS, SPICE_FRAMES
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool


class AlteredHTTP:
    """Makes cases for the server `host`: `valid` are requests as they should be, `odd` and `pieces` such as are not."""

    def __init__(
        self,
        host: str,
        odd: Sequence[HTTP],
        pieces: Sequence[Pieces],
        valid: Sequence[HTTP],
        versions: Sequence[str] = ALPN,
    ) -> None:
        self._versions = versions
        requests = [*odd, *valid]
        frames = [*map(frames_of, requests), *_goodbyes(requests), *_flooding(host), *CONVERSATIONS.values()]
        self._seeds: dict[str, list[Spoken]] = {"http/1.1": [*requests, *pieces], "h2": [*frames]}
        self._pool = Pool([(wire_of(type(value)), value) for value in (*requests, *pieces, *frames, SPICE_FRAMES)])

    def case(self, rng: Random) -> Case:
        """A request that HTTP allows or not, frames of one, or bytes that are none, at times as they are; half of each
        version.
        """
        alpn = rng.choice(self._versions)
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


def told(alpn: str, answer: bytes) -> str:
    """The HTTP/1.1 status, or that an HTTP/2 frame has ended something; empty as long as there is neither."""
    if alpn == "http/1.1":
        return answer[9:12].decode(errors="replace") if b"\r\n" in answer else ""
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
