"""Every member's view, and nobody else's."""

import pytest

from tests.scenario.small_scenarios import TEAM, fails, passes


@pytest.mark.parametrize(
    ("clients", "expected", "happened"),
    [
        ("[alice, bob, carol, alice.laptop]", "alice.laptop to be in team", "it is not"),
        ("[alice, bob]", "carol.phone not to be in team", "it is"),
        (
            "[alice, alice.laptop]",
            "in team alice.phone, alice.laptop",
            "missing: alice.laptop; unexpected: bob.phone, carol.phone",
        ),
        ("[alice]", "in team alice.phone", "unexpected: bob.phone, carol.phone"),
    ],
)
async def test_too_many_and_too_few(clients: str, expected: str, happened: str) -> None:
    mismatch = await fails(TEAM + f"  - expect: {{members: {{group: team, clients: {clients}}}}}\n")
    assert (mismatch.expected, mismatch.happened) == (expected, happened)


async def test_who_is_offline_is_not_asked() -> None:
    await passes(
        TEAM
        + """
  - offline: bob
  - remove_users: {by: alice, group: team, users: carol}
    expect: {members: {group: team, clients: [alice, bob]}}
"""
    )


async def test_clients_that_see_each_other_leave() -> None:
    mismatch = await fails(
        TEAM + "  - lose_state: {by: bob, group: team}\n    expect: {members: {group: team, clients: [alice, carol]}}\n"
    )
    assert mismatch.happened == (
        "alice.phone and carol.phone see "
        "mimi://a.example/d/alice/phone, mimi://b.example/d/bob/phone, mimi://c.example/d/carol/phone "
        "(unexpected: mimi://b.example/d/bob/phone)"
    )
