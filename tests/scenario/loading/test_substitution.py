"""Parameters become values; repeated items become several."""

from typing import Any

import pytest

from simulator.errors import SimulatorError
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, Sequence
from simulator.scenario.loading.problems import Problems
from simulator.scenario.loading.substitution import Allowance, Plain, Substitution, evaluate, shown
from simulator.scenario.loading.tree import parse

VALUES: dict[str, Plain] = {"n": 3, "who": "alice", "on": True, "share": 0.5}


def plain(node: Node) -> Any:
    match node:
        case Scalar(value):
            return value
        case Sequence(items):
            return [plain(item) for item in items]
        case Mapping(values):
            return {name: plain(value) for name, value in values.items()}


def filled(text: str) -> tuple[Any, list[str]]:
    problems = Problems("x.yaml", text)
    node = parse(text, problems)
    assert node is not None
    made = plain(Substitution(VALUES, problems).node(node))
    return made, [f"{p.span.line}:{p.span.column} {p.message}" for p in problems.found if p.span]


@pytest.mark.parametrize(
    ("expression", "value"),
    [("n", 3), (" who ", "alice"), ("on", True), ("n - 1", 2), ("2 * n + 1", 7), ("n * (n - 1)", 6)],
)
def test_what_an_expression_is(expression: str, value: Plain) -> None:
    found = evaluate(expression, VALUES)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("m", 'unknown parameter "m"; known: n, who, on, share'),
        ("whom", 'unknown parameter "whom" (did you mean "who"?)'),
        ("round", "only in an item with repeat"),
        ("who + 1", "alice in ${who + 1} is no whole number"),
        ("on * 2", "true in ${on * 2} is no whole number"),
        ("share - 1", "0.5 in"),
        ("n / 2", "neither a parameter nor a sum"),
        ("n **", "neither a parameter nor a sum"),
        ("", "neither a parameter nor a sum"),
        ("1.5", "neither a parameter nor a sum"),
        ("True", "neither a parameter nor a sum"),
        ("(" * 300, "neither a parameter nor a sum"),
    ],
)
def test_what_is_no_expression(expression: str, said: str) -> None:
    with pytest.raises(SimulatorError) as raised:
        evaluate(expression, VALUES)
    assert said in str(raised.value)


def test_without_parameters_there_is_none_to_list() -> None:
    with pytest.raises(SimulatorError, match="the file declares none under parameters"):
        evaluate("n", {})


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("${n}", 3),
        ('"${n - 1}"', 2),
        ("${on}", True),
        ("n is ${n}, ${on}", "n is 3, true"),
        ("$${n} costs $5", "${n} costs $5"),
        ("[a, '${who}', {b: '${n}'}]", ["a", "alice", {"b": 3}]),
        ("{count: 2}", {"count": 2}),
        ("- {send: a, repeat: 2}\n- b", [{"send": "a"}, {"send": "a"}, "b"]),
        ("- {send: 'm${round}', repeat: '${n}'}", [{"send": "m1"}, {"send": "m2"}, {"send": "m3"}]),
        ("- together: [{a: '${round}', repeat: 2}]\n  repeat: 2", [{"together": [{"a": 1}, {"a": 2}]}] * 2),
    ],
)
def test_what_becomes_of_a_tree(text: str, made: object) -> None:
    assert filled(text) == (made, [])


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: ${m}", '1:4 unknown parameter "m"; known: n, who, on, share'),
        ("- {a: 1, repeat: 0}", "1:18 expected how often: a whole number from 1 to 1000"),
        ("- {a: 1, repeat: 1001}", "1:18 expected how often: a whole number from 1 to 1000"),
        ("- {a: 1, repeat: true}", "1:18 expected how often: a whole number from 1 to 1000"),
        ("- {a: 1, repeat: '${who}'}", "1:18 expected how often: a whole number from 1 to 1000 (${who} is alice)"),
        ("- {a: 1, repeat: [2]}", "1:18 expected how often: a whole number from 1 to 1000"),
    ],
)
def test_what_can_not_be_filled_in(text: str, complaint: str) -> None:
    assert filled(text)[1] == [complaint]


def test_a_repeated_item_knows_its_turn() -> None:
    problems = Problems("x.yaml")
    node = parse("- {a: 1, repeat: 2}\n- {a: 1}", problems)
    assert node is not None
    made = Substitution({}, problems).node(node)
    assert isinstance(made, Sequence)
    assert [item.turn for item in made.items if isinstance(item, Mapping)] == [(1, 2), (2, 2), None]


def test_values_as_in_yaml() -> None:
    assert [shown(value) for value in (True, False, 3, "x", 0.5)] == ["true", "false", "3", "x", "0.5"]


@pytest.mark.parametrize("expression", ["big * big", "-n", "(" * 99, "n" * 101, "1is 2", "0x" + "f" * 30, "9" * 90])
def test_what_the_interpreter_has_against_an_expression_is_a_sentence(expression: str) -> None:
    with pytest.raises(SimulatorError, match=r"too large: a number here is|neither a parameter nor a sum"):
        evaluate(expression, {"big": 2**64 - 1, "n": 3})


def test_what_all_repetitions_make_has_a_bound() -> None:
    many = "[" + ", ".join(["{repeat: 1000, a: [1, 2]}"] * 100) + "]"
    made, problems = filled(many)
    assert problems == ["1:1343 with all that is repeated and put in, this is more than 200000 values"]
    assert len(made) < 60000
    problems_of_all, allowance = Problems("x.yaml"), Allowance(10)
    node = parse("[1, 2, 3]", problems_of_all)
    assert node is not None
    for _ in range(4):
        Substitution(VALUES, problems_of_all, allowance=allowance).node(node)
    assert allowance.is_spent
    assert [problem.message for problem in problems_of_all.found] == [str(allowance)]


def test_a_text_does_not_grow_without_end() -> None:
    problems = Problems("x.yaml")
    node = parse("'" + "${a}" * 20 + "'", problems)
    assert node is not None
    Substitution({"a": "x" * 1_000_000}, problems).node(node)
    assert [each.message for each in problems.found] == ["with its values this is longer than 16777216 characters"]
