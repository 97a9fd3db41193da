"""An external commit with a PSK in it."""

from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, passes, play


async def test_the_owner_is_to_refuse_it_from_members_and_from_others() -> None:
    await passes(
        TEAM
        + """
  - odd_join: {by: alice.laptop, group: team}
    expect: {error: invalid_commit, unchanged: a.example}
  - odd_join: {by: bob, group: team}
    expect: {error: invalid_commit, unchanged: a.example}
  - expect: {agreement: {group: team, epoch: 1}}
"""
    )


async def test_what_is_no_flaw_in_this_draft_is_unsupported() -> None:
    result = await play(TEAM + "\n  - odd_join: {by: bob, group: team, flaw: undefined_role}\n")
    assert result.steps[-1].result is Result.unsupported
    assert "has the flaw" in str(result.steps[-1].message)
