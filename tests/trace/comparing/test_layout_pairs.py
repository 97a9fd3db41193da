"""The layouts of many traces."""

from dataclasses import replace

from simulator.codec.layout import FieldLayout, UIntType, WireLayout
from simulator.trace.comparing.layout_pairs import LayoutPairs
from simulator.trace.layout import Layout, packed
from tests.trace.examples import HEADER, LAYOUT


def of(*fields: FieldLayout) -> Layout:
    wire = WireLayout({"Question": (), "Ask": fields}, {})
    return replace(LAYOUT, wire=wire, endpoints={"ask": replace(LAYOUT.endpoints["ask"], request="Ask")})


def test_the_layouts_of_many_traces_are_compared_once() -> None:
    number, second = (FieldLayout(name, UIntType(2)) for name in ("number", "second"))
    old, new = (replace(HEADER, layout=packed(each)) for each in (of(number), of(number, second)))
    pairs = LayoutPairs()
    assert pairs.between(old, new) is pairs.between(old, new)
    assert pairs.between(HEADER, new) is None
    assert [each.sentence for each in pairs.findings()] == ["Ask: field second (uint16) added after number"]
