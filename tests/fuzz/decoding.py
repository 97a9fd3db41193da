"""Targets without a federation behind them: the codec with every struct there is, and reading what peers answer."""

import json
import pkgutil
import tracemalloc
from collections.abc import Iterator
from importlib import import_module
from random import Random
from typing import Any

import simulator
from simulator.codec import DecodeError, codec, decode, encode, spans
from simulator.codec.wire import StructWire
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.services.refusal import Code, Refusal
from tests.fuzz.cases import Case, Shot
from tests.fuzz.edits import Cut, altered, some_cuts, some_edits
from tests.fuzz.environment import Environment
from tests.fuzz.groups import valid_pool
from tests.fuzz.token_texts import json_altered
from tests.fuzz.values import Pool, repaired

MEMORY = 600
"""Bytes of memory that a byte of input may cost: a vector of one-byte items is a tuple of objects."""


def every_struct() -> dict[str, type]:
    """All structs of the simulator by their names."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(simulator.__path__, "simulator."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(import_module(module.name)).values():
            if isinstance(value, type) and isinstance(getattr(value, "__wire__", None), StructWire):
                found[f"{value.__module__}.{value.__qualname__}"] = value
    return dict(sorted(found.items()))


class Decoding:
    """Bytes are refused with a DecodeError, or they are the one encoding of what they decode to."""

    name = "decoding"

    def __init__(self) -> None:
        self._pool = valid_pool()
        self._structs = every_struct()
        self._fired = 0

    def case(self, rng: Random) -> Case:
        """A value of some struct with some of its bytes altered, or random bytes in its place."""
        name = rng.choice(list(self._structs))
        cls = self._structs[name]
        wire: Any = codec(cls).wire
        value = repaired(wire, self._pool.make(wire, (), rng), self._pool, rng)
        data = encode(value)
        if rng.random() < 0.1:
            cuts: tuple[Cut, ...] = (Cut(0, len(data), rng.randbytes(rng.randrange(64)), "random"),)
        else:
            cuts = some_cuts(data, lambda: spans(cls, data), rng) if rng.random() < 0.9 else ()
        return Case(name, value, cuts=cuts)

    def shot(self, case: Case) -> Shot:
        """The struct and its bytes."""
        data = encode(case.seed)
        for cut in case.cuts:
            data = cut.apply(data)
        return {"struct": case.name, "data": data.hex()}

    def place(self, case: Case) -> str:
        """All structs together: there are too many."""
        return "every struct"

    async def fire(self, shot: Shot) -> str:
        """Decode, and encode again; at times with an eye on memory."""
        cls, data = self._structs[shot["struct"]], bytes.fromhex(shot["data"])
        self._fired += 1
        if self._fired % 64:
            return self._outcome(cls, data)
        tracemalloc.start()
        try:
            outcome = self._outcome(cls, data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert peak < 2_000_000 + MEMORY * len(data), f"{peak} bytes of memory for {len(data)} bytes of input"
        return outcome

    def _outcome(self, cls: type, data: bytes) -> str:
        try:
            value = decode(cls, data)
        except DecodeError as error:
            if not 0 <= error.offset <= len(data):
                raise AssertionError(f"an offset outside of {len(data)} bytes: {error}") from error
            return "DecodeError"
        assert encode(value) == data
        assert spans(cls, data) or not data
        return "decoded"


class Answers:
    """Whatever a peer answers, reading it yields a result, the peer's Refusal, or BadAnswer."""

    name = "answers"

    def __init__(self, environment: Environment) -> None:
        self._rows = {row.name: row for row in environment.session.draft.endpoints}
        refusal = environment.session.draft.refusals.write(Refusal(Code.malformed, ""))
        self._refused = refusal.header("content-type") or ""
        self._seeds = list(dict.fromkeys(self._answers(environment)))
        self._pool = Pool(
            [(codec(type(value)).wire, value) for _, value in self._seeds if not isinstance(value, bytes)]
        )

    def _answers(self, environment: Environment) -> Iterator[tuple[str, Any]]:
        for exchange in environment.session.recorder.exchanges:
            yield exchange.endpoint, self._read(self._rows[exchange.endpoint].response, exchange.response)
        for code in map(Code, ("wrong_epoch", "rate_limited")):
            for name, row in self._rows.items():
                refused = row.refusals.write(Refusal(code, "no", current_epoch=7))
                yield name, self._read(row.response, refused.body)

    def _read(self, response: type | None, body: bytes) -> Any:
        """As a struct, if it is one: where HTTP says no, an answer may be something else."""
        try:
            return decode(response, body) if response else body
        except DecodeError:
            return body

    def case(self, rng: Random) -> Case:
        """An answer with something altered."""
        name = rng.choice(list(self._rows))
        seed = rng.choice([seed for endpoint, seed in self._seeds if endpoint == name])
        if isinstance(seed, bytes) and seed.startswith(b"{") and rng.random() < 0.7:
            return Case(name, json_altered(json.loads(seed), rng))
        if isinstance(seed, bytes):
            return Case(name, seed, cuts=some_cuts(seed, tuple, rng))
        if rng.random() < 0.3:
            data = encode(seed)
            return Case(name, seed, cuts=some_cuts(data, lambda: spans(type(seed), data), rng))
        return Case(name, seed, some_edits(codec(type(seed)).wire, seed, self._pool, rng))

    def shot(self, case: Case) -> Shot:
        """The endpoint, the status, two headers and the body."""
        rng, data, row = Random(f"{case.seed} {case.altered}"), case.seed, self._rows[case.name]
        if not isinstance(data, bytes):
            data = encode(altered(codec(type(data)).wire, data, case.edits, self._pool, Random(0)))
        for cut in case.cuts:
            data = cut.apply(data)
        number = rng.choice(("", "0", "1", "-1", "1.5", "x", "²", "9" * 30, "9" * 6000, " 7 "))
        headers = {
            "content-type": rng.choice((row.media_type, row.media_type, self._refused, "text/html", "")),
            "retry-after": number,
            "cache-control": rng.choice((f"max-age={number}", f"no-store, max-age={number}", "max-age", number)),
        }
        return {
            "endpoint": case.name,
            "status": rng.choice((row.success, row.success, 200, 204, 302, 400, 409, 429, 500)),
            "headers": headers,
            "body": data.hex(),
        }

    def place(self, case: Case) -> str:
        """The endpoint."""
        return case.name

    async def fire(self, shot: Shot) -> str:
        """Read it."""
        reply = Reply(shot["status"], tuple(shot["headers"].items()), bytes.fromhex(shot["body"]))
        try:
            return type(self._rows[shot["endpoint"]].read(reply)).__name__
        except Refusal as refusal:
            return f"Refusal {refusal.code!s}"
        except BadAnswer:
            return "BadAnswer"
