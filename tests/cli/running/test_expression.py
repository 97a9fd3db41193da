"""Expressions over names."""

import pytest

from simulator.cli.running.expression import parse
from simulator.errors import SimulatorError


@pytest.mark.parametrize(
    ("expression", "why"),
    [
        ("", "a word is missing"),
        ("a and", "a word is missing"),
        ("or b", "a word is missing"),
        ("(a", 'a ")" is missing'),
        ("a b", 'nothing can follow before "b": and, or is missing'),
        ("a )", 'nothing can follow before ")": and, or is missing'),
    ],
)
def test_what_is_no_expression(expression: str, why: str) -> None:
    with pytest.raises(SimulatorError) as caught:
        parse(expression)
    assert str(caught.value) == f'-k "{expression}": {why}'


@pytest.mark.parametrize(
    ("expression", "text", "fits"),
    [
        ("a or b and c", "a", True),
        ("(a or b) and c", "a", False),
        ("not a and not b", "c", True),
        ("NOT A", "a", False),
        ("not not a", "a", True),
        (" or ".join(["x"] * 5000), "x", True),
        (" and ".join(["not y"] * 5000), "x", True),
        (" and ".join(["(x)"] * 5000), "y", False),
    ],
)
def test_what_an_expression_fits(expression: str, text: str, fits: bool) -> None:
    assert parse(expression)(text) is fits


@pytest.mark.parametrize("expression", ["not " * 3000 + "a", "(" * 3000 + "a" + ")" * 3000, "not (" * 1500 + "a"])
def test_what_is_nested_too_deep_is_a_sentence(expression: str) -> None:
    with pytest.raises(SimulatorError, match=r"^-k .{200,220} \.\.\.\": nested too deep: 50 levels are the most$"):
        parse(expression)
