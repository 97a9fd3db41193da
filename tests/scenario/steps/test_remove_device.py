"""A device is taken off the account; the next commit takes it out of the group."""

from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_its_removal_is_proposed_and_committed() -> None:
    await passes(
        TEAM
        + """
  - add_clients: {by: alice.phone, group: team, clients: alice.laptop}
  - remove_device: alice.laptop
  - update_client: {by: bob, group: team}
    expect:
      members: {group: team, clients: [alice.phone, bob, carol]}
      consistent: {}
"""
    )


async def test_a_device_that_is_gone_can_t_go_again() -> None:
    mismatch = await fails("  - remove_device: bob\n  - remove_device: bob\n")
    assert "is not a client of b.example" in mismatch.happened
