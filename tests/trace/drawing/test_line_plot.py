"""Lines with bands."""

from xml.etree import ElementTree

from simulator.trace.drawing.line_plot import PlotPoint, line_plot


def words(drawn: str) -> str:
    return " ".join(ElementTree.fromstring(drawn).itertext())


def points(series: str, *places: float) -> list[PlotPoint]:
    return [PlotPoint(series, x, x * 2, x, x * 3) for x in places]


def test_axes_and_lines_say_what_they_are() -> None:
    drawn = line_plot([*points("first", 1, 2, 3), *points("second", 1, 2, 3)], "providers", "octets", "What grows")
    said = words(drawn)
    for word in ("providers", "octets", "What grows", "first", "second"):
        assert word in said
    assert drawn.startswith("<svg")
    assert "light-dark(" in drawn


def test_a_single_line_needs_no_legend() -> None:
    assert "only" not in words(line_plot(points("only", 1, 2), "x", "y"))


def test_each_place_of_few_is_named() -> None:
    said = words(line_plot(points("", 3, 7, 20), "x", "y")).split()
    assert {"3", "7", "20"} <= set(said)


def test_where_some_are_far_off_the_axis_is_logarithmic() -> None:
    """From 1 to 10 it is as far as from 10 to 100."""
    level = [PlotPoint("", x, 0.5, 0.5, 0.5) for x in (1, 10, 100)]
    drawn = ElementTree.fromstring(line_plot(level, "x", "y"))
    places = {each.text: float((each.get("transform") or "").split("(")[1].split(",")[0]) for each in _ticks(drawn)}
    assert abs((places["10"] - places["1"]) - (places["100"] - places["10"])) < 1


def _ticks(drawn: ElementTree.Element) -> list[ElementTree.Element]:
    return [
        each for each in drawn.iter() if each.text in ("1", "10", "100") and "translate" in str(each.get("transform"))
    ]
