"""The last message first."""

from tests.scenario.small_scenarios import TEAM, passes


async def test_pairs_change_places_for_one_guest() -> None:
    await passes(
        TEAM
        + """
  - reorder: {by: a.example, to: b.example}
  - send: {by: alice, group: team, text: one}
    as: one
  - send: {by: alice, group: team, text: two}
    as: two
    expect:
      - inbox: {of: bob, messages: [two, one]}
      - inbox: {of: carol, messages: [one, two]}
"""
    )
