"""A DecodeError tells where, in which field, and why."""

import pytest

from simulator.codec import DecodeError, decode
from simulator.codec.errors import too_short
from simulator.errors import SimulatorError

from .conftest import Line


def test_path_and_offset_are_in_the_message() -> None:
    with pytest.raises(DecodeError) as wrong:
        decode(Line, bytes.fromhex("03000100"))
    assert isinstance(wrong.value, SimulatorError)
    assert (wrong.value.path, wrong.value.offset) == ("dots[1].x", 3)
    assert str(wrong.value) == "dots[1].x at byte 3: needs 2 bytes, 1 left"


def test_without_a_field_the_offset_stands_alone() -> None:
    assert str(too_short(2, 4, 3)) == "byte 2: needs 4 bytes, 1 left"
