"""Growth: the laws that are fitted, and how they stand beside what was measured."""

from xml.etree import ElementTree

import polars
import pytest

from simulator.errors import SimulatorError
from simulator.notebook.errors import Refused
from simulator.notebook.figures.growth import LAWS, Fit, fit, growth

ROWS = [{"n": n, "bytes": size, "what": what} for what, sizes in {"flat": (7, 7, 7), "tree": (30, 50, 90)}.items()
        for n, size in zip((2, 4, 8), sizes, strict=True)]  # fmt: skip


@pytest.mark.parametrize("law", LAWS)
def test_what_follows_a_law_is_found_again(law: str) -> None:
    made = Fit(law, 5.0, 0.0 if law == "1" else 3.0)
    found = fit([(n, made.at(n)) for n in (2, 3, 8, 32)], law)
    assert found.base == pytest.approx(made.base)
    assert found.slope == pytest.approx(made.slope)


def test_a_fit_is_a_formula() -> None:
    assert str(fit([(2, 30), (4, 50), (8, 90)], "n")) == "10 n + 10"
    assert str(fit([(2, 10), (4, 6)], "n")) == "-2 n + 14"
    assert str(fit([(2, 7), (4, 7)], "1")) == "7"
    assert str(fit([(2, 1), (4, 3)], "n")) == "n - 1"
    assert str(fit([(2, 4), (4, 16)], "n²")) == "n²"
    assert fit([(4, 5), (4, 7)], "log n").at(4) == 6


def test_an_unknown_law_and_no_values_are_refused() -> None:
    with pytest.raises(SimulatorError, match='no law "n log"'):
        fit([(1, 1)], "n log")
    with pytest.raises(SimulatorError, match="nothing was measured"):
        fit([], "n")


@pytest.mark.parametrize("rows", [ROWS, polars.DataFrame(ROWS)], ids=["rows", "frame"])
@pytest.mark.parametrize("log", [False, True])
def test_each_line_stands_beside_its_law(rows: object, *, log: bool) -> None:
    laws = {"tree": "n", "flat": "1"}
    plot = growth(rows, x="n", y="bytes", by="what", laws=laws, titles=("Sizes", "members", "bytes"), log=log)
    assert plot.words.splitlines() == ["Dashed: the law that fits best.", "flat: 7", "tree: 10 n + 10"]
    texts = {
        "".join(each.itertext()) for each in ElementTree.fromstring(plot.svg).iter("{http://www.w3.org/2000/svg}text")
    }
    assert {"Sizes", "members", "bytes", "flat: 7", "tree: 10 n + 10"} <= texts


def test_without_laws_there_is_a_plain_line() -> None:
    plot = growth([{"n": 0, "ms": 1.5}, {"n": 1, "ms": 2.0}, {"n": 2, "ms": None}], x="n", y="ms")
    assert repr(plot) == "ms against n: From 1.5 to 2."
    assert "<svg" in plot.svg


def test_several_lines_may_do_without_laws() -> None:
    plot = growth(ROWS, x="n", y="bytes", by="what")
    assert plot.words.splitlines() == ["2 lines.", "flat", "tree"]


def test_a_law_may_begin_at_nothing() -> None:
    assert growth([{"n": 0, "ms": 1.0}, {"n": 4, "ms": 9.0}], x="n", y="ms", laws="n").words == "Dashed: 2 n + 1."
    assert "<svg" in growth([{"n": 0, "ms": 1.0}, {"n": 4, "ms": 9.0}], x="n", y="ms", laws="n").svg


def test_one_law_is_for_all_lines() -> None:
    assert growth(ROWS, x="n", y="bytes", by="what", laws="n").words.count(" n") == 2


def test_slips_of_the_pen_are_refused() -> None:
    with pytest.raises(Refused, match=r'no column "byte".*"bytes"'):
        growth(ROWS, x="n", y="byte")
    with pytest.raises(Refused, match=r'law is given for "three".*"tree"'):
        growth(ROWS, x="n", y="bytes", by="what", laws={"three": "n"})
    with pytest.raises(Refused, match="no law"):
        growth(ROWS, x="n", y="bytes", laws="m")
