"""Which connection requests wait, in their order."""

from tests.scenario.small_scenarios import fails, passes

ASKED = """
  - request_connection: {from: carol, to: alice}
    as: of_carol
  - request_connection: {from: bob, to: alice}
    as: of_bob
"""


async def test_all_that_wait_oldest_first() -> None:
    await passes(
        ASKED
        + """
  - expect:
      - connection_requests: {at: alice.phone, groups: [of_carol, of_bob]}
      - connection_requests: {at: alice.laptop, groups: [of_carol, of_bob]}
      - connection_requests: {at: bob, groups: []}
"""
    )


async def test_others_than_expected_are_said() -> None:
    mismatch = await fails(ASKED + "  - expect: {connection_requests: {at: alice, groups: of_bob}}\n")
    assert mismatch.expected == "of_bob to wait at alice.phone"
    assert mismatch.happened == "what waits is of_carol, of_bob (unexpected: of_carol)"


async def test_none() -> None:
    mismatch = await fails("""
  - request_connection: {from: carol, to: alice}
    as: of_carol
  - ignore_connection: {by: alice.phone, from: carol}
    expect: {connection_requests: {at: alice.phone, groups: of_carol}}
""")
    assert mismatch.happened == "what waits is no connection request"
