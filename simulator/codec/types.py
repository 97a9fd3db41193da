"""The vocabulary of a declaration: the words of the TLS presentation language as Python annotations.

| presentation language           | declaration                                                    |
|---------------------------------|----------------------------------------------------------------|
| `uint16 x;`                     | `x: uint16`                                                    |
| `opaque x<V>;`                  | `x: opaque` (`utf8` where it must be text)                     |
| `opaque x[16];`                 | `x: Annotated[bytes, Fixed(16)]`                               |
| `opaque x<1..2^16-1>;`          | `x: Annotated[bytes, Bounded(1, 65535)]` (RFC 8446 3.4)        |
| `T x<V>;`                       | `x: tuple[T, ...]`                                             |
| `opaque x<V>;` with one T in it | `x: Annotated[T, Sized()]`                                     |
| `optional<T> x;`                | `x: T | None`                                                  |
| `enum { a(1), (255) } E;`       | `class E(Enum8)` (`Enum16`: 65535)                             |
| `E e; select (e) { case a: A; }`| `e: Annotated[A | B, Tagged(E, {E.a: A, E.b: B})]`             |
| `select (path) { case a: T x; }`| `x: Annotated[T | None, When("path", A)]`                      |
"""

from collections.abc import Mapping
from enum import IntEnum
from typing import Annotated, Any

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class UInt:
    """An unsigned integer of `size` bytes, big-endian (RFC 8446 3.3)."""

    size: int


@dataclass(frozen=True, slots=True)
class Opaque:
    """A byte string behind a variable-size length (RFC 9420 2.1.2)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A byte string behind a variable-size length that must be UTF-8."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A byte string of exactly `size` bytes, without a length."""

    size: int


@dataclass(frozen=True, slots=True)
class Bounded:
    """A byte string of `least` to `most` bytes behind a length of fixed size (RFC 8446 3.4)."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Sized:
    """One value in a byte string behind a variable-size length, which it fills."""


@dataclass(frozen=True, slots=True)
class Repeated:
    """A vector that comes again and again with the same items: long ones are decoded and encoded once."""


class Enum8(IntEnum):
    """A closed enum of one byte: a value that it does not name is malformed."""


class Enum16(IntEnum):
    """A closed enum of two bytes: a value that it does not name is malformed."""


class Tagged:
    """A tag and then the case that it selects; in Python just an instance of the case's class.

    `cases` maps each value of `tag` to a struct, or to a union that is itself tagged. A tag without a case is
    malformed.
    """

    def __init__(self, tag: type[Enum8] | type[Enum16], cases: Mapping[Any, Any]) -> None:
        self.tag = tag
        self.cases = dict(cases)


class When:
    """A field that is there only where an earlier field says so.

    `path` leads to the earlier value (dotted, from this struct); `cases` are classes that it may be an instance of, or
    values that it may equal. Absent is None. A path through a union leads nowhere in cases without such a field.
    """

    def __init__(self, path: str, *cases: Any) -> None:
        self.path = path
        self.cases = cases


uint8 = Annotated[int, UInt(1)]
uint16 = Annotated[int, UInt(2)]
uint32 = Annotated[int, UInt(4)]
uint64 = Annotated[int, UInt(8)]
opaque = Annotated[bytes, Opaque()]
utf8 = Annotated[str, Text()]
