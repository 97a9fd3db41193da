"""YAML as a tree of values that know where they stand in the file."""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct

from simulator.scenario.loading.problems import Span

LARGEST = 100_000
"""How many values a file may have, where each alias counts as all that it stands for."""
DEEPEST = 50
"""How many levels of them."""
LARGEST_NUMBER = 2**64 - 1
TOO_LARGE = f"a number here is {LARGEST_NUMBER} at most"


class Scalar(Struct, frozen=True):
    """Text, a number, true, false or nothing."""

    value: str | int | float | bool | None
    span: Span


class Sequence(Struct, frozen=True):
    """A list."""

    items: tuple["Node", ...]
    span: Span


class Mapping(Struct, frozen=True):
    """Names and their values; `keys` says where each name stands."""

    values: dict[str, "Node"]
    keys: dict[str, Span]
    span: Span
    turn: tuple[int, int] | None = None
    """Which of how many it is, where `repeat` has made several of one."""


Node: TypeAlias = Scalar | Sequence | Mapping


def items(node: Node) -> tuple[Node, ...]:
    """A list's items; one thing alone stands for the list of it, nothing for the empty list."""
    if isinstance(node, Sequence):
        return node.items
    return () if isinstance(node, Scalar) and node.value is None else (node,)


def size(node: Node) -> int:
    """How many values a tree has, itself among them; what stands in several places counts in each."""
    match node:
        case Sequence(parts):
            return 1 + sum(map(size, parts))
        case Mapping(values):
            return 1 + sum(map(size, values.values()))
        case Scalar():
            return 1


def places(node: Node, text: str) -> Iterator[Span]:
    """Where a text stands in a tree, as a name or as a value."""
    match node:
        case Scalar(value) if value == text:
            yield node.span
        case Sequence(parts):
            for part in parts:
                yield from places(part, text)
        case Mapping(values, keys):
            for name, inner in values.items():
                if name == text:
                    yield keys[name]
                yield from places(inner, text)


def laid(over: Node, under: Node) -> Node:
    """One tree laid over another: names of both are in it, and where both say something, `over` does."""
    if not isinstance(over, Mapping) or not isinstance(under, Mapping):
        return over
    values = dict(under.values)
    for name, value in over.values.items():
        values[name] = laid(value, values[name]) if name in values else value
    return Mapping(values, {**under.keys, **over.keys}, over.span)


def sized(number: int) -> bool:
    """Whether it is no larger than any number that a scenario could mean: 64 bits are the most on the wire."""
    return -LARGEST_NUMBER <= number <= LARGEST_NUMBER
