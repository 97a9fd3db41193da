"""Failures of one mistake have one cause, whoever is in them."""

import pytest
import trio

from simulator.scenario import NullObserver, load_text, run_scenario
from simulator.sweep.causes import Cause, cause

SCENARIO = """
name: x
topology:
  providers:
    a.example: {{users: {{alice: [phone]}}}}
    b.example: {{users: {{bob: [phone], bea: [phone]}}}}
steps:
  - connect: {{from: alice, to: [bob, bea]}}
  - create_group: alice
    as: team
  - add_users: {{by: alice, group: team, users: [bob, bea]}}
{steps}
"""


def cause_of(steps: str) -> Cause | None:
    (scenario,) = load_text(SCENARIO.format(steps=steps), "x.yaml")
    return cause(trio.run(run_scenario, scenario, 1, NullObserver()))


def test_who_did_not_get_what_makes_no_difference() -> None:
    one = "  - send: {by: alice, group: team, text: hi}\n    as: m\n    expect: {received: {messages: m, by: []}}\n"
    other = "  - send: {by: bob, group: team, text: ho}\n    as: m\n    expect: {received: {messages: m, by: [bea]}}\n"
    assert cause_of(one) == cause_of(other) == Cause("send", "… to have none of them")


def test_what_was_expected_does() -> None:
    first = cause_of("  - leave: {by: bob, group: team}\n    expect: {requests: {from: a.example, count: 99}}\n")
    second = cause_of("  - leave: {by: bob, group: team}\n    expect: {agreement: {group: team, epoch: 9}}\n")
    assert first is not None
    assert second is not None
    assert first.step == second.step == "leave"
    assert first.what != second.what


def test_a_refusal_that_nobody_expected_has_its_rule_in_it() -> None:
    found = cause_of("  - send: {by: bob, group: team}\n  - crash: a.example\n  - send: {by: bob, group: team}\n")
    assert found is not None
    assert found.step == "send"
    assert "example" not in found.what


def test_who_passes_has_none() -> None:
    assert cause_of("  - send: {by: alice, group: team}\n") is None


@pytest.mark.parametrize("text", ["a", "b"])
def test_it_is_told_with_its_step(text: str) -> None:
    assert str(Cause("send", text)) == f"send: {text}"
