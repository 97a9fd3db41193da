"""Which challenges were not followed."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes

GREASED = PAYING.replace("issues:", "grease: true, issues:")
EXPECTED = "    expect: {{challenge_ignored: {{by: a.example, rule: {rule}}}}}\n"


async def test_the_rule_is_told() -> None:
    await passes(ASKED + EXPECTED.format(rule="unsupported_type"), GREASED)


async def test_another_rule_is_said() -> None:
    mismatch = await fails(ASKED + EXPECTED.format(rule="crowd"), GREASED)
    assert mismatch.expected == "a.example to ignore a challenge (crowd)"
    assert mismatch.happened == "ignored were: unsupported_type"


async def test_what_an_earlier_step_has_ignored_does_not_count() -> None:
    mismatch = await fails(ASKED + "  - advance: 1s\n" + EXPECTED.format(rule="unsupported_type"), GREASED)
    assert mismatch.happened == "ignored were: none"
