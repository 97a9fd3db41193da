"""Decoded values with the bytes they came from, and how many of them there may be."""

from typing import Any

from simulator.dataclass import dataclass

ITEMS = 4096
"""How many items of a vector get a span of their own."""

SPANS = 100_000
"""How many spans there are for one body: 4 MiB may hold some millions of values."""


@dataclass(frozen=True, slots=True)
class Span:
    """A decoded value with the bytes it came from: `data[start:end]`; `children` are its parts, in wire order.

    Where decoding stopped inside of it, `value` is the DecodeError, and `end` and `children` are as far as it came.
    """

    name: str
    start: int
    end: int
    value: Any
    children: tuple["Span", ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """The value of a span that stands for all items of a vector beyond a budget: they were decoded, and counted."""

    items: int


@dataclass(slots=True)
class Budget:
    """How many more spans there may be; what several decodings share, where one body makes several necessary."""

    spans: int = SPANS
    items: int = ITEMS
    """Of one vector."""


class Spans(list[Span]):
    """The spans of a value's parts. A vector's last one has a `Rest` where the budget did not suffice."""

    __slots__ = ("budget",)

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.budget = budget

    def inner(self) -> "Spans":
        """For the parts of one part, which costs a span."""
        self.budget.spans -= 1
        return Spans(self.budget)
