"""Texts become YAML's nodes; whatever the library or the interpreter raises over one is a problem with a place."""

import random
import warnings

import pytest

from simulator.errors import SimulatorWarning
from simulator.scenario.loading.composing import Composer
from simulator.scenario.loading.nodes import Mapping, Scalar
from simulator.scenario.loading.problems import Problem, Problems, Span
from simulator.scenario.loading.tree import parse


def problems_of(text: str) -> list[Problem]:
    problems = Problems("x.yaml", text)
    Composer(text, problems, problems.source).root()
    return problems.found


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ('a: 1\nb: "\\U00110000"', (2, 7), "what stands in front of this can't be read"),
        ('a: "\\UFFFFFFFF"', (1, 7), "what stands in front of this can't be read"),
        ("%YAML 2.0\n---\na: 1", (1, 1), "version 1.* is required"),
        (f"%YAML 1.{'9' * 5000}\n---\na: 1", (1, 9), "no version has such a number"),
        ("a: " + "{b: " * 4000, (1, 200), "nested too deep: 50 levels are the most"),
        ("a: b\r\rc: \x01", (3, 4), "character U+0001 is not allowed"),
    ],
)
def test_what_the_interpreter_raises_has_its_place(text: str, place: tuple[int, int], words: str) -> None:
    (problem,) = problems_of(text)
    assert words in problem.message
    assert problem.span is not None
    assert (problem.span.line, problem.span.column) == place


@pytest.mark.parametrize("version", ["1.0", "1.3", "1.10"])
def test_another_minor_version_is_read_as_1_2_with_a_warning(version: str) -> None:
    problems = Problems("x.yaml")
    with pytest.warns(SimulatorWarning, match=rf"^x\.yaml:2:1: YAML {version} is read as YAML 1\.2$"):
        root = parse(f"# a comment\n%YAML {version}\n---\na: 0o17", problems)
    assert problems.found == []
    assert isinstance(root, Mapping)
    assert root.values["a"] == Scalar(15, Span(4, 4, 8))


def test_a_directive_that_nobody_knows_is_a_warning() -> None:
    with pytest.warns(SimulatorWarning, match=r"^x\.yaml:1:1: the directive %FOO means nothing here$"):
        assert problems_of("%FOO bar\n---\na: 1") == []


@pytest.mark.parametrize("character", ["\x85", "\u2028", "\u2029"])
def test_what_is_no_line_break_in_yaml_1_2_stays_where_it_is(character: str) -> None:
    text = f"create_group{character}: alice # why{character}not\nb: 'x{character}y'\n? |\n  c{character}d\n: e\ue000"
    problems = Problems("x.yaml", text)
    root = parse(text, problems)
    assert problems.found == []
    assert isinstance(root, Mapping)
    assert list(root.values) == [f"create_group{character}", "b", f"c{character}d\n"]
    assert root.values["b"] == Scalar(f"x{character}y", Span(2, 4, 9))
    assert root.keys["b"] == Span(2, 1, 2)


GRAINS = (
    "a: 1\n",
    "- ",
    "? ",
    ": ",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&x ",
    "*x",
    "!!int ",
    "!t ",
    "|",
    ">-\n  ",
    "'",
    '"',
    "\\U0011",
    "\\x",
    "%YAML 1.",
    "%TAG ! ",
    "---\n",
    "...\n",
    "#",
    "\t",
    "\r",
    "\u2028",
    "\x85",
    "\ufeff",
    "9" * 400,
    "0x",
    "1e9",
    ".inf",
    "<<: ",
    "\n",
    "  ",
    "é",
    "\ud800",
    "~",
    "true",
)


@pytest.mark.parametrize("seed", range(6))
def test_no_text_is_more_than_a_problem(seed: int) -> None:
    chance = random.Random(seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SimulatorWarning)
        for _ in range(250):
            text = "".join(chance.choices(GRAINS, k=chance.randrange(1, 25)))
            problems = Problems("x.yaml", text)
            assert parse(text, problems) is not None or problems.found, text
            assert all(str(problem) for problem in problems.found)
