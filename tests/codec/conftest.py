"""Declarations with every word of the vocabulary, for the codec's tests."""

from typing import Annotated

import pytest

from simulator.codec import Enum8, Enum16, Fixed, Tagged, When, opaque, struct, uint8, uint16, uint32, uint64, utf8


class Shape(Enum8):
    dot = 1
    line = 2
    none = 3


class Colour(Enum16):
    red = 0x0102


@struct
class Dot:
    x: uint16


@struct
class Line:
    dots: tuple[Dot, ...]
    label: Dot | None


class Outer(Enum8):
    figure = 1
    note = 2


Figure = Annotated[Dot | Line, Tagged(Shape, {Shape.dot: Dot, Shape.line: Line})]


@struct
class Note:
    text: utf8


@struct
class Everything:
    small: uint8
    long: uint32
    longer: uint64
    colour: Colour
    data: opaque
    nonce: Annotated[bytes, Fixed(3)]
    item: Annotated[Dot | Line | Note, Tagged(Outer, {Outer.figure: Figure, Outer.note: Note})]
    mark: Annotated[opaque | None, When("item", Line, Note)]
    red: Annotated[Dot | None, When("colour", Colour.red)]
    figures: tuple[Figure, ...]


@pytest.fixture
def everything() -> Everything:
    """A value with every kind of field filled in."""
    return Everything(
        small=7,
        long=1 << 31,
        longer=1 << 63,
        colour=Colour.red,
        data=b"\x00" * 64,
        nonce=b"abc",
        item=Line((Dot(1), Dot(2)), Dot(3)),
        mark=b"mark",
        red=Dot(9),
        figures=(Dot(4), Line((), None)),
    )
