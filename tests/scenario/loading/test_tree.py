"""YAML becomes values that know where they stand."""

import pytest

from simulator.scenario.loading.nodes import TOO_LARGE, Mapping, Node, Scalar, Sequence
from simulator.scenario.loading.problems import Problems, Span
from simulator.scenario.loading.tree import parse


def tree(text: str) -> Node:
    problems = Problems("x.yaml", text)
    node = parse(text, problems)
    assert problems.found == []
    assert node is not None
    return node


def complaints(text: str) -> list[str]:
    problems = Problems("x.yaml", text)
    parse(text, problems)
    return [problem.message for problem in problems.found]


def test_every_value_and_every_key_has_its_place() -> None:
    node = tree("name: Grüße\nlist:\n  - 1\n  - [yes, true]\n")
    assert isinstance(node, Mapping)
    assert node.keys == {"name": Span(1, 1, 5), "list": Span(2, 1, 5)}
    assert node.values["name"] == Scalar("Grüße", Span(1, 7, 12))
    inner = node.values["list"]
    assert isinstance(inner, Sequence)
    assert inner.items[0] == Scalar(1, Span(3, 5, 6))
    assert inner.items[1] == Sequence((Scalar("yes", Span(4, 6, 9)), Scalar(True, Span(4, 11, 15))), Span(4, 5, 16))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("no", "no"),
        ("2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z"),
        ("0x10", 16),
        ("1.5", 1.5),
        ("~", None),
        ("'1'", "1"),
        ("!!int seven", "seven"),
        ("!!bool maybe", "maybe"),
    ],
)
def test_scalars_are_those_of_yaml_1_2_and_times_stay_text(text: str, value: object) -> None:
    node = tree(text)
    assert isinstance(node, Scalar)
    assert node.value == value


def test_an_alias_is_what_its_anchor_is() -> None:
    node = tree("a: &x [1, 2]\nb: *x\n")
    assert isinstance(node, Mapping)
    assert node.values["a"] is node.values["b"]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "the file is empty"),
        ("# only a comment\n", "the file is empty"),
        ("a: &x [*x]", "an alias can't stand inside of its own anchor"),
        ("1: x", "a name is wanted here, as text"),
        ("[a, b]: x", "a name is wanted here, as text"),
        ("a: 1\na: 2", '"a" is here twice (first in line 1)'),
        ("a: !secret b", 'a scenario has no use for the tag "!secret"'),
        ("[" * 5000, "nested too deep: 50 levels are the most"),
        ("[" * 51 + "]" * 51, "nested too deep: 50 levels are the most"),
        ("x: &x [a]\n<<: *x", "a scenario has no merge keys (<<): write out what is meant, or include a part"),
        (f"a: {'9' * 5000}", TOO_LARGE),
        (f"a: -{'9' * 5000}", TOO_LARGE),
        (f"a: 0x{'f' * 5000}", TOO_LARGE),
        (f"a: 0o{'7' * 5000}", TOO_LARGE),
        (f"a: {2**64}", TOO_LARGE),
        (f"a: !!int {'9' * 5000}", TOO_LARGE),
        (f"a: {'9' * 5000}.5", TOO_LARGE),
        ("a: 1e999", TOO_LARGE),
        (f"%YAML 1.1\n---\na: 0b{'1' * 9000}", TOO_LARGE),
        (f"%YAML 1.1\n---\na: 1:{':'.join(['59'] * 3000)}", TOO_LARGE),
        ("a: -.inf", "a scenario has no use for -.inf"),
        ("a: .nan", "a scenario has no use for .nan"),
        ('a: "\\ud800"', "U+D800 is no character: UTF-8 can't carry it"),
        ("a: 'b", "not YAML: this has no end (while scanning a quoted scalar)"),
        ("a: b: c", 'not YAML: mapping values are not allowed here; a text with ": " in it needs quotes'),
        ("a:\n\tb: 1", "a tab can't indent: use spaces"),
        ("a: \x00", "character U+0000 is not allowed in YAML"),
    ],
)
def test_what_can_not_be_read_is_said(text: str, complaint: str) -> None:
    assert complaint in complaints(text)


def bomb(levels: int) -> str:
    lines = (f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, levels))
    return "l0: &l0 [x]\n" + "".join(lines)


def test_a_bomb_of_aliases_is_no_tree() -> None:
    tree(bomb(4))
    assert set(complaints(bomb(30))) == {"with all that its aliases stand for, this is more than 100000 values"}


def test_fifty_levels_are_not_too_deep() -> None:
    tree("[" * 50 + "]" * 50)


def test_a_parameter_without_quotes_in_braces_gets_advice() -> None:
    (complaint,) = complaints("a: {b: ${n}}")
    assert complaint.endswith('between { } and [ ] a parameter needs quotes: "${name}"')
