"""Back online, a client reads what has waited."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_what_has_waited_is_read_in_order() -> None:
    await passes(
        TEAM
        + """
  - offline: bob
  - send: {by: alice, group: team, text: one}
    as: one
  - send: {by: carol, group: team, text: two}
    as: two
  - online: bob
    expect:
      queued: {clients: bob, count: 0}
      inbox: {of: bob, messages: [one, two]}
"""
    )
