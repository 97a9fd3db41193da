"""KeyPackages of others, and forged ones."""

import pytest

from tests.scenario.small_scenarios import fails, passes

BEFORE = """
  - connect: {from: alice, to: [bob, carol]}
  - create_group: alice
    as: team
"""


@pytest.mark.parametrize(
    ("whose", "rule"),
    [
        ("of: bob, by: carol", "other_user"),
        ("of: bob", "key_changed"),
        ("of: bob, by: bob, other_kind: true", "wrong_kind"),
    ],
)
async def test_the_asker_notices(whose: str, rule: str) -> None:
    await passes(
        BEFORE
        + f"""
  - substitute: {{{whose}}}
  - add_users: {{by: alice, group: team, users: bob}}
    expect:
      - may_fail: true
      - noticed: {{event: substituted, by: alice, fields: {{rule: {rule}}}}}
"""
    )


async def test_those_for_groups_in_the_place_of_those_for_connections() -> None:
    await passes("""
  - substitute: {of: bob, by: bob, connection: true, other_kind: true}
  - request_connection: {from: alice, to: bob}
    expect: {fails: got one of the other kind}
""")


async def test_a_clients_own_are_no_others() -> None:
    mismatch = await fails("  - substitute: {of: bob, by: bob}\n")
    assert mismatch.happened == "a client's own KeyPackages are no others"
