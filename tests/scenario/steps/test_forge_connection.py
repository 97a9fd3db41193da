"""A provider asks for a connection in the name of somebody else's user."""

from tests.scenario.small_scenarios import passes


async def test_the_invited_client_does_not_believe_it() -> None:
    await passes(
        """
  - forge_connection: {by: carol, claims: alice.laptop, to: bob}
    as: trap
    expect:
      - connection_requests: {at: bob, groups: trap}
      - key_packages: {of: bob, connection: true, remaining: 2}
  - accept_connection: {by: bob, group: trap}
    expect:
      - fails: "in the name of mimi://a.example/u/alice"
      - rejected: {by: bob, rule: connection_users}
      - connection_requests: {at: bob, groups: []}
"""
    )


async def test_in_its_own_users_name_nobody_can_tell() -> None:
    """Who its users' clients are, it is the authority on."""
    await passes(
        """
  - forge_connection: {by: carol, claims: carol, to: bob}
    as: trap
  - accept_connection: {by: bob, group: trap}
    expect:
      noticed: {event: joined, by: bob}
"""
    )
