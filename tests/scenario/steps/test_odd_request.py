"""A step's request, changed before it is signed or after, or signed by somebody else."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, scenario


async def test_who_signs_and_what_changes() -> None:
    await passes(
        TEAM
        + """
  - odd_request:
      of: {update_client: {by: bob, group: team}}
      signed_by: carol
    expect: {error: not_authorized, unchanged: a.example}
  - odd_request:
      of: {update_client: {by: bob, group: team}}
      flip: auth.signature
      signed_before: true
    expect: {error: invalid_signature, unchanged: a.example}
  - odd_request:
      of: {update_client: {by: bob, group: team}}
      set: {sender: c.example}
    expect: {error: not_authorized, unchanged: a.example}
  - odd_request:
      of: {create_group: alice.phone}
      set: {body.group_id: "mimi://a.example/g/other"}
    expect: {error: invalid_group_info, unchanged: a.example}
  - odd_request:
      of: {update_client: {by: bob, group: team}}
    expect: {agreement: {group: team, epoch: 2}}
"""
    )


async def test_a_path_that_leads_nowhere_in_the_request() -> None:
    mismatch = await fails(
        TEAM + "  - odd_request:\n      of: {update_client: {by: bob, group: team}}\n      flip: auth.nothing\n"
    )
    assert 'no field "nothing"' in mismatch.happened


@pytest.mark.parametrize(
    ("of", "why"),
    [
        ("{send: {by: bob, group: team}}", '"send" is no single request of a client'),
        ("{update_client: {by: bob, group: team}, expect: {error: wrong_epoch}}", "stands beside the odd request"),
        ("[{update_client: {by: bob, group: team}}, {update_client: {by: bob, group: team}}]", "it is one step"),
    ],
)
def test_one_step_that_is_one_request(of: str, why: str) -> None:
    with pytest.raises(ScenarioFileError, match=why):
        scenario(TEAM + f"  - odd_request:\n      of: {of}\n")
