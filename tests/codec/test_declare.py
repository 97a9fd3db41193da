"""Declarations become codecs; what is no declaration is refused where it stands."""

from typing import Annotated

import pytest

from simulator.codec import (
    MOST_VALUES,
    UNBOUNDED,
    TooManyValues,
    When,
    codec,
    decode,
    decode_prefix,
    encode,
    opaque,
    struct,
    uint8,
)

from .conftest import Dot, Line


def test_structs_are_values() -> None:
    assert Dot(1) == Dot(1)
    assert hash(Dot(1)) == hash(Dot(1))
    assert Dot(1) != Dot(2)
    assert not hasattr(Dot(1), "__dict__")


def test_prefix_leaves_the_rest() -> None:
    assert decode_prefix(Dot, b"\xff\x00\x01\x02", 1) == (Dot(1), 3)
    assert codec(tuple[Dot, ...]).decode_prefix(b"\x02\x00\x01\xff") == ((Dot(1),), 3)
    with pytest.raises(TooManyValues):
        decode_prefix(Dot, b"\x00\x01", most=0)


def test_structs_and_items_are_counted_where_a_bound_is_given() -> None:
    dots = codec(tuple[Dot, ...])
    three = dots.encode((Dot(1), Dot(2), Dot(3)))
    assert len(dots.decode(three, 6)) == 3  # an item and its struct, three times
    with pytest.raises(TooManyValues, match=r"\[2\] at byte 5"):
        dots.decode(three, 5)
    assert decode(Dot, encode(Dot(1)), 1) == Dot(1)
    with pytest.raises(TooManyValues):
        decode(Dot, encode(Dot(1)), 0)


def test_there_is_a_bound_where_nobody_gives_one() -> None:
    numbers = codec(tuple[uint8, ...])
    one_too_many = numbers.encode((1,) * (MOST_VALUES + 1))
    with pytest.raises(TooManyValues):
        numbers.decode(one_too_many)
    with pytest.raises(TooManyValues):
        numbers.decode_prefix(one_too_many)
    assert len(numbers.decode(numbers.encode((1,) * MOST_VALUES))) == MOST_VALUES
    assert len(numbers.decode(one_too_many, UNBOUNDED)) == MOST_VALUES + 1


def test_what_is_in_a_vector_of_a_vector_is_counted_too() -> None:
    nested = codec(tuple[tuple[uint8, ...], ...])
    data = nested.encode(((1, 2, 3), (), (4,)))
    assert nested.decode(data, 7) == ((1, 2, 3), (), (4,))
    with pytest.raises(TooManyValues):
        nested.decode(data, 6)


def test_one_codec_per_type() -> None:
    assert codec(tuple[Dot, ...]) is codec(tuple[Dot, ...])


@pytest.mark.parametrize("annotation", [int, "Dot", Annotated[int, "?"], Dot | Line, tuple[Dot, Dot]])
def test_what_is_no_wire_type(annotation: object) -> None:
    with pytest.raises(TypeError, match="declares no wire type"):
        codec(annotation)


def test_a_conditional_field_is_declared_optional() -> None:
    with pytest.raises(TypeError, match="may be absent"):

        @struct
        class Wrong:
            kind: uint8
            body: Annotated[opaque, When("kind", 1)]


def test_values_out_of_range_are_our_own_bug() -> None:
    with pytest.raises(OverflowError):
        encode(Dot(1 << 16))
