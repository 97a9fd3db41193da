"""How each kind of value is read and written, and each way in which it can be malformed."""

from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.codec import DecodeError, Enum8, Fixed, Tagged, When, codec, decode, encode, struct, uint8, utf8

from .conftest import Dot, Everything, Figure, Line


def test_round_trip(everything: Everything) -> None:
    assert decode(Everything, encode(everything)) == everything


def test_every_truncation_is_a_decode_error(everything: Everything) -> None:
    data = encode(everything)
    for length in range(len(data)):
        with pytest.raises(DecodeError):
            decode(Everything, data[:length])


@given(st.data())
def test_mutated_input_is_refused_or_means_exactly_its_bytes(data: st.DataObject) -> None:
    value = Everything(1, 2, 3, next(iter(_colours())), b"data", b"abc", Line((Dot(1),), None), b"m", Dot(2), (Dot(3),))
    original = bytearray(encode(value))
    for _ in range(data.draw(st.integers(1, 4))):
        original[data.draw(st.integers(0, len(original) - 1))] = data.draw(st.integers(0, 255))
    _refused_or_same(bytes(original))


@given(st.binary(max_size=80))
def test_random_input_is_refused_or_means_exactly_its_bytes(data: bytes) -> None:
    _refused_or_same(data)


def _refused_or_same(data: bytes) -> None:
    try:
        value = decode(Everything, data)
    except DecodeError:
        return
    assert encode(value) == data


def _colours() -> type[Enum8]:
    return Everything.__annotations__["colour"]  # type: ignore[no-any-return] # (annotations are untyped)


@pytest.mark.parametrize(
    ("annotation", "data", "path", "offset", "reason"),
    [
        (Everything, "07 80000000 8000000000000000 0103", "colour", 13, "259 is not a value of Colour"),
        (Figure, "09", "", 0, "9 is not a value of Shape"),
        (Figure, "03", "", 0, "none has no case here"),
        (Line, "00 02", "label", 1, "2 is neither absent"),
        (Line, "00 01 00", "label.x", 2, "needs 2 bytes, 1 left"),
        (Line, "03 000100", "dots[1].x", 3, "needs 2 bytes, 1 left"),
        (utf8, "02 61ff", "", 2, "not UTF-8"),
        (Dot, "000100", "", 2, "1 trailing bytes"),
        (Annotated[bytes, Fixed(3)], "6162", "", 0, "needs 3 bytes, 2 left"),
    ],
)
def test_malformed(annotation: object, data: str, path: str, offset: int, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason) as wrong:
        codec(annotation).decode(bytes.fromhex(data))
    assert (wrong.value.path, wrong.value.offset) == (path, offset)


def test_an_item_does_not_read_past_its_vector() -> None:
    with pytest.raises(DecodeError, match="needs 2 bytes, 1 left"):
        decode(Line, bytes.fromhex("0100ffff"))


def test_a_conditional_field_must_be_there_exactly_when_asked_for(everything: Everything) -> None:
    values = {name: getattr(everything, name) for name in Everything.__annotations__}
    with pytest.raises(ValueError, match=r"Everything\.mark must be there exactly when item asks for it"):
        encode(Everything(**{**values, "mark": None}))
    with pytest.raises(ValueError, match=r"Everything\.mark must be there exactly when item asks for it"):
        encode(Everything(**{**values, "item": Dot(1)}))


def test_a_condition_may_lead_through_a_case_that_has_no_such_field() -> None:
    @struct
    class Sketch:
        figure: Figure
        end: Annotated[uint8 | None, When("figure.label.x", 3)]
        close: Annotated[uint8 | None, When("figure.label", Dot)]

    for value, data in (
        (Sketch(Dot(9), None, None), "010009"),
        (Sketch(Line((), Dot(3)), 5, 6), "0200 010003 05 06"),
        (Sketch(Line((), Dot(4)), None, 6), "0200 010004 06"),
        (Sketch(Line((), None), None, None), "020000"),
    ):
        assert encode(value) == bytes.fromhex(data)
        assert decode(Sketch, bytes.fromhex(data)) == value
    with pytest.raises(ValueError, match=r"Sketch\.end must be there exactly when figure\.label\.x asks"):
        encode(Sketch(Dot(9), 5, None))


def test_a_fixed_field_has_its_size(everything: Everything) -> None:
    values = {name: getattr(everything, name) for name in Everything.__annotations__}
    with pytest.raises(ValueError, match="3 bytes wanted, not 2"):
        encode(Everything(**{**values, "nonce": b"ab"}))


def test_a_class_can_be_the_case_of_one_tag_only() -> None:
    class Tag(Enum8):
        a = 1
        b = 2

    @struct
    class Same:
        x: uint8

    with pytest.raises(TypeError, match="the case of two tags"):
        codec(Annotated[Same, Tagged(Tag, {Tag.a: Same, Tag.b: Same})])
