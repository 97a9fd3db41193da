"""The error names the place."""

from simulator.codec.layout import LayoutError


def test_the_place_stands_in_front() -> None:
    assert str(LayoutError("structs.X", "not a list")) == "structs.X: not a list"
    assert str(LayoutError("", "this is no JSON")) == "this is no JSON"
