"""Quantities of a network as an author writes them: a number with a unit."""

import re
from collections.abc import Mapping as Lookup
from decimal import Decimal
from typing import Any, ClassVar

from simulator.dataclass import dataclass
from simulator.net.clock import NANOSECONDS
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.nodes import Node, Scalar
from simulator.services.limits.policy import DAY

TIME_UNITS = {"us": NANOSECONDS // 10**6, "ms": NANOSECONDS // 10**3, "s": NANOSECONDS, "m": 60 * NANOSECONDS}
"""Nanoseconds in each."""
BIT_UNITS = {"bit/s": 1, "kbit/s": 10**3, "Mbit/s": 10**6, "Gbit/s": 10**9}
"""Bits per second in each."""
MOST_SECONDS = 10
"""More than any link on Earth takes, and less than senders wait for answers."""
MOST_LOSS = 50
"""Per cent of segments: TCP gets hardly anything through then."""
SLOWEST, FASTEST = 1000, 10**12
"""Bits per second."""

_QUANTITY = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,9})?) ?([a-zA-Z%/]*)")


def _quantity(node: Node, units: Lookup[str, int]) -> Decimal | None:
    """A number with one of the units, or nothing but 0; None for anything else."""
    match = _QUANTITY.fullmatch(str(node.value)) if isinstance(node, Scalar) else None
    if match is None:
        return None
    number = Decimal(match[1])
    if not match[2]:
        return number if not number else None
    return number * units[match[2]] if match[2] in units else None


@dataclass(frozen=True, slots=True)
class SimulatedSpan:
    """A span of simulated time: `40 ms`, `250 us`, `1.5 s`, `5 m`, or 0; a day at most."""

    nanoseconds: int

    longest: ClassVar[int] = DAY
    """Seconds."""

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a number with a unit."""
        found = _quantity(node, TIME_UNITS)
        if found is None or found > cls.longest * NANOSECONDS:
            most = f"{cls.longest} s" if cls.longest < DAY else "a day"
            return reader.wrong(node, f"expected a time such as 40 ms, 250 us or 1.5 s, {most} at most")
        return cls(int(found))

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        return _shape(TIME_UNITS)

    def __str__(self) -> str:
        return in_words(self.nanoseconds)


@dataclass(frozen=True, slots=True)
class NetworkTime(SimulatedSpan):
    """A time on the network: `40 ms`, `250 us`, `1.5 s`, or 0; 10 s at most."""

    longest: ClassVar[int] = MOST_SECONDS


@dataclass(frozen=True, slots=True)
class LossRate:
    """How many of a link's segments are lost: `1 %`, `0.5 %`, or 0; 50 % at most."""

    probability: float

    def __str__(self) -> str:
        return f"{100 * self.probability:g} %"

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a number with `%`."""
        found = _quantity(node, {"%": 1})
        if found is None or found > MOST_LOSS:
            return reader.wrong(node, f"expected a share such as 1 % or 0.5 %, {MOST_LOSS} % at most")
        return cls(float(found / 100))

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        return _shape({"%": 1})


@dataclass(frozen=True, slots=True)
class Bandwidth:
    """How much goes over a link: `10 Mbit/s`, `64 kbit/s`, `1 Gbit/s`."""

    bits_per_second: int

    def __str__(self) -> str:
        unit = next(unit for unit in reversed(BIT_UNITS) if self.bits_per_second >= BIT_UNITS[unit])
        return f"{self.bits_per_second / BIT_UNITS[unit]:g} {unit}"

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a number with a unit."""
        found = _quantity(node, BIT_UNITS)
        if found is None or not SLOWEST <= found <= FASTEST:
            return reader.wrong(node, "expected a bandwidth such as 64 kbit/s, 10 Mbit/s or 1 Gbit/s, from 1 kbit/s")
        return cls(int(found))

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        return _shape(BIT_UNITS, zero=False)


def _shape(units: Lookup[str, int], *, zero: bool = True) -> dict[str, Any]:
    number = r"([0-9]{1,9}(\.[0-9]{1,9})?|\$\{[^{}]*\})"
    pattern = rf"^(\$\{{[^{{}}]*\}}|{number} ?({'|'.join(units)}))$"
    text = {"type": "string", "pattern": pattern}
    return {"anyOf": [text, {"const": 0}]} if zero else text


def in_words(nanoseconds: int) -> str:
    """A span of time for people, to the microsecond: `81.2 ms`."""
    unit = "s" if nanoseconds >= NANOSECONDS else "ms"
    return f"{round(nanoseconds, -3) / TIME_UNITS[unit]:.6f}".rstrip("0").rstrip(".") + f" {unit}"
