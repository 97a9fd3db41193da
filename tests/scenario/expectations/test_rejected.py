"""What clients must not accept, and that they reject nothing else."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario

LOST = TEAM + "  - lose_state: {by: bob, group: team}\n  - send: {by: alice, group: team}\n"


async def test_a_rejection_that_is_expected() -> None:
    await passes(LOST + "    expect: {rejected: {by: bob, rule: not_a_member}}\n")


async def test_a_rejection_that_nobody_expects_fails_the_step() -> None:
    mismatch = await fails(LOST)
    assert mismatch.expected == "no client to reject anything"
    assert mismatch.happened.startswith(
        "bob.phone rejected a message: mimi://b.example/d/bob/phone is not in the group"
    )
    assert mismatch.happened.endswith(" (if that may be so: may_reject: not_a_member)")


@pytest.mark.parametrize(
    ("said", "expected", "happened"),
    [
        (
            "by: [bob, carol], rule: not_a_member",
            "bob.phone, carol.phone to reject something (not_a_member)",
            "bob.phone",
        ),
        ("by: [], rule: not_a_member", "nobody to reject something (not_a_member)", "bob.phone"),
        ("by: carol, rule: not_a_member", "carol.phone to reject something (not_a_member)", "bob.phone"),
    ],
)
async def test_others_than_expected(said: str, expected: str, happened: str) -> None:
    mismatch = await fails(LOST + f"    expect: {{rejected: {{{said}}}}}\n")
    assert (mismatch.expected, mismatch.happened) == (expected, f"it was {happened}")


async def test_another_rule_than_expected() -> None:
    mismatch = await fails(
        TEAM + "  - send: {by: alice, group: team}\n    expect: {rejected: {by: bob, rule: malformed}}\n"
    )
    assert mismatch.happened == "it was nobody"


@pytest.mark.parametrize(
    ("expectation", "complaint"),
    [
        ("rejected: {by: bob, rule: zork}", 'unknown rule "zork"; mimi-sim steps rejected lists all'),
        ("rejected: {by: bob, rule: not_a_membr}", r'unknown rule "not_a_membr" \(did you mean "not_a_member"\?\)'),
        ("may_reject: [wrong_epoch, wrong_epohc]", r'unknown rule "wrong_epohc" \(did you mean "wrong_epoch"\?\)'),
    ],
)
def test_a_rule_that_there_is_not(expectation: str, complaint: str) -> None:
    with pytest.raises(ScenarioFileError, match=complaint):
        scenario(LOST + f"    expect: {{{expectation}}}\n")
