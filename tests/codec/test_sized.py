"""A value behind its length."""

from typing import Annotated

import pytest

from simulator.codec import DecodeError, Sized, decode, encode, spans, struct

from .conftest import Dot


@struct
class Whole:
    whole: Annotated[Dot, Sized()]


def test_a_value_behind_its_length() -> None:
    assert encode(Whole(Dot(5))) == bytes.fromhex("02 0005")
    assert decode(Whole, bytes.fromhex("02 0005")) == Whole(Dot(5))
    (part,) = spans(Whole, bytes.fromhex("02 0005"))
    assert (part.name, part.start, part.end, [inner.name for inner in part.children]) == ("whole", 0, 3, ["x"])


@pytest.mark.parametrize(
    ("data", "path", "offset", "reason"),
    [
        ("04 0001 0002", "whole", 3, "2 bytes behind what should fill them"),
        ("01 0001", "whole.x", 1, "needs 2 bytes, 1 left"),
        ("02 00", "whole", 1, "needs 2 bytes, 1 left"),
    ],
)
def test_what_is_malformed(data: str, path: str, offset: int, reason: str) -> None:
    with pytest.raises(DecodeError) as caught:
        decode(Whole, bytes.fromhex(data))
    assert (caught.value.path, caught.value.offset, caught.value.reason) == (path, offset, reason)
