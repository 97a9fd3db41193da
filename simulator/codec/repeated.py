"""Vectors that come again and again with the same items, long ones among them: `Annotated[tuple[T, ...], Repeated()]`.

The same octets are the same value, and the same value is the same octets: so a long vector is decoded once, and encoded
once, as long as no others come in between. It counts against what a decoder may take each time.
"""

from collections.abc import Callable
from dataclasses import field
from typing import Any

from simulator.by_object import ByObject
from simulator.codec.source import Source
from simulator.codec.varint import read_length
from simulator.codec.wire import VectorWire
from simulator.dataclass import dataclass

LONG = 1024
"""In octets: a shorter vector costs no more than to look for it."""
MANY = 32
"""In items, likewise."""
_KEPT = 1 << 20
"""Octets of the vectors that are remembered with their values; what came first makes room."""
_VALUES = 32
"""Values that are remembered with their octets."""


class _Known:
    """What a vector's wire remembers."""

    def __init__(self, item: VectorWire) -> None:
        self._plain = item
        self._size = 0
        self._values: dict[bytes, tuple[Any, int]] = {}
        """By octets the value, and how many values are in it, as they are counted."""
        self._octets: Callable[[Any], bytes] = ByObject(self._encoded, least=MANY, size=_VALUES)

    def decode(self, data: bytes, pos: int, end: int, left: list[int]) -> tuple[Any, int]:
        """As any vector. Raises DecodeError and TooManyValues."""
        start, stop = read_length(data, pos, end)
        if stop - start < LONG:
            value, pos = self._plain.decode(data, pos, end, left)
            return value, pos
        octets = bytes(data[start:stop])
        known = self._values.get(octets)
        if known is None or known[1] > left[0]:
            before = left[0]
            value, pos = self._plain.decode(data, pos, end, left)
            self._keep(octets, value, before - left[0])
            return value, pos
        left[0] -= known[1]
        return known[0], stop

    def encode(self, value: Any, out: bytearray) -> None:
        """As any vector."""
        out += self._octets(value)

    def _encoded(self, value: Any) -> bytes:
        out = bytearray()
        self._plain.encode(value, out)
        return bytes(out)

    def _keep(self, octets: bytes, value: Any, count: int) -> None:
        self._values[octets] = (value, count)
        self._size += len(octets)
        while self._size > _KEPT:
            first = next(iter(self._values))
            del self._values[first]
            self._size -= len(first)


@dataclass
class RepeatedWire(VectorWire):
    """`T x<V>`, as a tuple, of which long ones are remembered."""

    known: _Known = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self.known = _Known(VectorWire(self.item))

    def decoding(self, source: Source, target: str) -> None:
        if source.traced:
            super().decoding(source, target)
        else:
            source.add(f"{target}, pos = {source.bind('known', self.known.decode)}(data, pos, end, left)")

    def encoding(self, source: Source, value: str) -> None:
        source.add(f"{source.bind('known', self.known.encode)}({value}, out)")
