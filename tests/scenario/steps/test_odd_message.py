"""What a group that has ended does not take."""

from tests.scenario.small_scenarios import TEAM, fails, passes

AFTER_THE_END = """
  - odd_commit: {by: bob, group: team, operation: re_initialize_group, successor: "mimi://a.example/g/next"}
  - odd_message: {by: bob, group: team, text: Not yet!}
"""


async def test_the_hub_is_to_refuse_it() -> None:
    await passes(TEAM + AFTER_THE_END + "    expect: {error: not_authorized, unchanged: a.example}\n")
    mismatch = await fails(TEAM + AFTER_THE_END)
    assert "a ReInit has ended this group" in mismatch.happened
