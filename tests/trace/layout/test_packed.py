"""A layout as the bytes that a trace carries."""

import pytest

from simulator.codec.layout import LayoutError
from simulator.trace.layout import dissector, packed, unpacked
from tests.trace.examples import LAYOUT
from tests.trace.layout.recorded_bodies import shipped


def test_back_it_is_the_same_and_it_is_small() -> None:
    assert unpacked(packed(shipped())) == shipped()
    assert len(packed(shipped())) < 6_000


def test_bodies_are_decoded_by_it() -> None:
    found = dissector(packed(LAYOUT))("ask", "request", b"\x01\x00")
    assert found is not None
    assert [(node.type, node.value) for node in found.root.leaves()] == [("uint16", "256")]


def test_what_is_no_layout_is_refused() -> None:
    with pytest.raises(LayoutError, match="can't be inflated"):
        unpacked(b"no layout")
