"""A picture of a curve."""

from xml.etree import ElementTree

from simulator.bench.curves import CURVES
from simulator.bench.measuring import Measured
from simulator.bench.plots import check_plots, draw


def test_it_names_what_grows_with_what() -> None:
    check_plots()
    drawn = draw(CURVES[0], [(1, Measured(1, 0.5, 1.5, 0, 0)), (10, Measured(4, 3, 5, 0, 0))])
    words = "".join(ElementTree.fromstring(drawn).itertext())
    assert CURVES[0].title in words
    assert CURVES[0].axis in words
    assert "milliseconds" in words
