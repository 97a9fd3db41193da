"""Target: reading what peers answer."""

import json
from collections.abc import Iterator
from typing import Any

from simulator.codec import codec, decode, encode, spans
from simulator.codec.errors import DecodeError
from simulator.drafts.requests.endpoint import BadAnswer, Reply
from simulator.fuzzing.environment import Environment
from simulator.fuzzing.token_texts import json_altered
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import altered, some_cuts, some_edits
from simulator.mutation.randomness import Random, seeded
from simulator.mutation.values import Pool
from simulator.services.refusal import Code, Refusal


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
        rng, data, row = seeded(f"{case.seed} {case.altered}"), case.seed, self._rows[case.name]
        if not isinstance(data, bytes):
            data = encode(altered(codec(type(data)).wire, data, case.edits, self._pool, seeded(0)))
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
