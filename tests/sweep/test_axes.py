"""Axes with their values."""

import pytest

from simulator.drafts import registry
from simulator.scenario.loading.pipeline import reader
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.sweep.axes import Axes, same


def read(text: str) -> tuple[Axes, list[str]]:
    problems = Problems("x.yaml", text)
    node = parse(text, problems)
    assert node is not None
    found = Axes.read(node, reader(problems, registry.usual()[0]))
    return found, [each.message for each in problems.found]


def test_one_value_or_several() -> None:
    axes, problems = read("{providers: [3, 6], http2: false, text: [hello]}")
    assert {name: axes.plain(name) for name in axes.values} == {
        "providers": (3, 6),
        "http2": (False,),
        "text": ("hello",),
    }
    assert problems == []
    assert axes.names["http2"].column == 21


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[3]", "expected names with their values"),
        ("{a: {b: 1}}", "expected a text, a number"),
        ("{a: [1, 2, 1]}", "1 is here twice"),
        ("{a: []}", "one value or more"),
    ],
)
def test_what_is_none(text: str, said: str) -> None:
    assert [said in each for each in read(text)[1]] == [True]


def test_one_is_not_true() -> None:
    assert read("{a: [1, true]}")[1] == []
    assert (same(1, 1.0), same(1, True), same(True, True)) == (True, False, True)


def test_the_schema_says_the_same() -> None:
    assert Axes.shape()["type"] == "object"
