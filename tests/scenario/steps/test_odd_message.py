"""What a group that has ended does not take, and what only its members can see."""

import pytest

from tests.scenario.small_scenarios import TEAM, fails, passes

AFTER_THE_END = """
  - odd_commit: {by: bob, group: team, operation: re_initialize_group, successor: "mimi://a.example/g/next"}
  - odd_message: {by: bob, group: team, text: Not yet!}
"""


async def test_the_hub_is_to_refuse_it() -> None:
    await passes(TEAM + AFTER_THE_END + "    expect: {error: not_authorized, unchanged: a.example}\n")
    mismatch = await fails(TEAM + AFTER_THE_END)
    assert "a ReInit has ended this group" in mismatch.happened


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ("flaw: filled_padding", "nonzero_padding"),
        ("flaw: far_generation", "generation_too_far"),
        ("flaw: in_public, unchecked: true", "application_in_public"),
    ],
)
async def test_the_members_refuse_it(fields: str, rule: str) -> None:
    await passes(
        TEAM
        + f"""
  - odd_message: {{by: bob, group: team, {fields}}}
    expect:
      rejected: {{by: [alice.phone, carol], rule: {rule}}}
"""
    )
