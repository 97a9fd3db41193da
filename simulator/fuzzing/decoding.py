"""Target without a federation behind it: the codec with every struct there is."""

import pkgutil
import tracemalloc
import zlib
from importlib import import_module
from typing import Any

import simulator
from simulator.codec import DecodeError, codec, decode, encode, spans
from simulator.codec.wire import StructWire
from simulator.fuzzing.groups import valid_pool
from simulator.mutation.cases import Case, Shot
from simulator.mutation.edits import Cut, some_cuts
from simulator.mutation.properties import hold
from simulator.mutation.randomness import Random
from simulator.mutation.values import repaired

MEMORY = 600
"""Bytes of memory that a byte of input may cost: a vector of one-byte items is a tuple of objects."""


NOT_ITS_OWN = ("simulator.bench", "simulator.notebook", "simulator.pytest_plugin", "simulator.sweep", "simulator.cli")
"""What has no structs, and may want packages that are not there."""
LOOKS = 64
"""Of so many cases one is looked at for the memory that it takes."""


def every_struct() -> dict[str, type]:
    """All structs of the simulator by their names."""
    found: dict[str, type] = {}
    for module in pkgutil.walk_packages(simulator.__path__, "simulator."):
        if module.name.endswith("__main__") or module.name.startswith(NOT_ITS_OWN):
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
        """Decode, and encode again; at times, as the octets have it, with an eye on memory."""
        cls, data = self._structs[shot["struct"]], bytes.fromhex(shot["data"])
        if zlib.crc32(data) % LOOKS:
            return self._outcome(cls, data)
        tracemalloc.start()
        try:
            outcome = self._outcome(cls, data)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        hold(peak < 2_000_000 + MEMORY * len(data), f"{peak} bytes of memory for {len(data)} bytes of input")
        return outcome

    def _outcome(self, cls: type, data: bytes) -> str:
        try:
            value: Any = decode(cls, data)
        except DecodeError as error:
            if not 0 <= error.offset <= len(data):
                raise AssertionError(f"an offset outside of {len(data)} bytes: {error}") from error
            return "DecodeError"
        hold(encode(value) == data, "it has another encoding")
        hold(spans(cls, data) or not data, "nothing is said of its parts")
        return "decoded"
