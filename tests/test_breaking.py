"""Each rule has a test that breaks it and no other, and says so."""

import ast
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from simulator.errors import SimulatorError
from simulator.rules import Enforcement, Rule, check, declared_in, enforced_by, within
from tests.breaking import breaks
from tests.drafts.mimi_protocol_06.hub import Hub

TESTS = Path(__file__).parent
ROOMS = (
    "mls",
    "services",
    "clients",
    "drafts.requests",
    "provider",
    "drafts.mimi_transport_00",
    "drafts.mimi_transport_01",
    "drafts.mimi_protocol_06",
)
UNBROKEN = {
    "P-4-SENDER-INDEX/PATH": "RFC9420-12.4.3.2-PATH-MISSING/EXTERNAL refuses it first, and can't be switched off"
}
"""The rules that no test can break, with the reason."""

SAYING = {breaks.__name__, Hub.refusing.__name__}
"""What a test calls to say what it breaks."""

ODD, EVEN = Rule("T-ODD", SimulatorError), Rule("T-EVEN", SimulatorError)


def named(source: str) -> Iterator[str]:
    """The words in those functions of a source that say what they break: by a decorator, in `with`, or in a table. They
    say it themselves, or to a function beside them that does.
    """
    functions = [
        each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    calls = {each: {call(node.func) for node in ast.walk(each) if isinstance(node, ast.Call)} for each in functions}
    helpers = {each.name for each, called in calls.items() if called & SAYING and not each.name.startswith("test_")}
    for function, called in calls.items():
        if called & (SAYING | helpers):
            yield from (
                node.value for node in ast.walk(function) if isinstance(node, ast.Constant) and type(node.value) is str
            )


def call(function: ast.expr) -> str:
    """What is called, without the object whose method it is."""
    return ast.unparse(function).rpartition(".")[2]


@cache
def said_by_all() -> frozenset[str]:
    """What the tests say."""
    sources = (file.read_text() for file in TESTS.rglob("test_*.py"))
    return frozenset(word for source in sources if any(map(source.__contains__, SAYING)) for word in named(source))


@pytest.mark.parametrize("room", ROOMS)
def test_each_rule_has_a_test_that_breaks_it_alone(room: str) -> None:
    rules = [rule.id for rule in declared_in(f"simulator.{room}")]
    said = said_by_all()
    assert [rule for rule in rules if rule not in said] == [rule for rule in rules if rule in UNBROKEN]


def test_only_functions_that_break_something_name_it() -> None:
    decorated = "@pytest.mark.parametrize('rule', ['A', 'B'])\ndef test(rule):\n    with breaks(rule):\n        do()\n"
    assert list(named(f"@breaks('C')\ndef test():\n    do()\n\n{decorated}")) == ["C", "rule", "A", "B"]
    helped = "def refused(rule):\n    with hub.refusing(rule):\n        do()\n\ndef test():\n    refused('A')\n"
    assert list(named(helped)) == ["A"]
    assert list(named("def test():\n    do('A')\n")) == []


def test_what_breaks_a_rule_may_be_refused() -> None:
    with breaks("T-ODD"), pytest.raises(SimulatorError):
        check(ODD, False, "two")


@breaks("T-ODD")
@pytest.mark.parametrize("times", [1, 2])
def test_a_whole_test_may_break_it_repeatedly(times: int) -> None:
    for _ in range(times):
        with pytest.raises(SimulatorError):
            check(ODD, False, "two")


def test_somebody_else_may_notice_it() -> None:
    @dataclass
    class Party:
        enforcement: Enforcement

    party = Party(Enforcement({"T-ODD"}))
    before = party.enforcement
    with breaks("T-ODD", party), enforced_by(party.enforcement):
        assert not check(ODD, False, "two")
    assert party.enforcement is before


@pytest.mark.parametrize("broken", [(), (EVEN,), (ODD, EVEN)])
def test_what_breaks_nothing_or_something_else_fails(broken: tuple[Rule, ...]) -> None:
    with pytest.raises(AssertionError):
        breaking_odd(broken)


@breaks("T-ODD")
def breaking_odd(broken: tuple[Rule, ...]) -> None:
    for rule in broken:
        with suppress(SimulatorError):
            check(rule, False, "no")


def test_what_a_rule_stands_for_is_broken_with_it_but_not_alone() -> None:
    with breaks("T-ODD"), suppress(SimulatorError), within("T-ODD"):
        with suppress(SimulatorError):
            check(EVEN, False, "a part of it")
        check(ODD, False, "so all of it")
    with pytest.raises(AssertionError), breaks("T-ODD"), suppress(SimulatorError), within("T-ODD"):
        check(EVEN, False, "a part of it")
