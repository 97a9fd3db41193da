"""Seeds as an author writes them."""

import re

import pytest

from simulator.drafts import registry
from simulator.scenario.loading.pipeline import reader
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.tree import parse
from simulator.sweep.seeds import Seeds


def read(text: str) -> tuple[Seeds, list[str]]:
    problems = Problems("x.yaml", text)
    node = parse(text, problems)
    assert node is not None
    found = Seeds.read(node, reader(problems, registry.usual()[0]))
    return found, [each.message for each in problems.found]


@pytest.mark.parametrize(
    ("text", "seeds"), [("7", [7]), ("1..3", [1, 2, 3]), ("[5, 1..2, 0]", [5, 1, 2, 0]), ("1..1000", [*range(1, 1001)])]
)
def test_one_a_range_or_several(text: str, seeds: list[int]) -> None:
    found, problems = read(text)
    assert (list(found), len(found), problems) == (seeds, len(seeds), [])


def test_as_they_are_written() -> None:
    assert str(read("[5, 1..2]")[0]) == "5, 1..2"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x", "expected a seed"),
        ("-1", "expected a seed"),
        ("[]", "expected a seed"),
        ("true", "expected a seed"),
        (f"0..{2**63}", "expected a seed"),
        ("3..1", "nothing in it"),
        ("[1..5, 4]", "there already"),
    ],
)
def test_what_is_none(text: str, said: str) -> None:
    assert [said in each for each in read(text)[1]] == [True]


def test_the_schema_takes_a_range() -> None:
    one, _ = Seeds.shape()["anyOf"]
    assert re.match(one["anyOf"][1]["pattern"], "1..20")
