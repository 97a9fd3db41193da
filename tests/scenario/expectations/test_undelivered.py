"""What a provider has given up."""

from tests.scenario.small_scenarios import TEAM, fails, passes

REFUSING = (
    TEAM
    + """
  - answer: {by: b.example, endpoint: deliver_message, status: 400, body: no}
  - send: {by: alice, group: team}
  - advance: 8d
"""
)


async def test_by_provider_and_reason() -> None:
    await passes(
        REFUSING
        + """
    expect:
      - undelivered: {at: a.example, count: 1}
      - undelivered: {at: a.example, to: b.example, reason: HTTP 400, count: 1}
      - undelivered: {at: a.example, to: c.example, count: 0}
      - undelivered: {at: a.example, reason: no time, count: 0}
"""
    )


async def test_another_number_is_said() -> None:
    mismatch = await fails(REFUSING + "    expect: {undelivered: {at: a.example, to: b.example, count: 0}}\n")
    assert (mismatch.expected, mismatch.happened) == ("0 deliveries to b.example given up by a.example", "there are 1")
