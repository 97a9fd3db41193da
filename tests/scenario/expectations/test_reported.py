"""What a hub's operator has of somebody."""

from tests.scenario.small_scenarios import TEAM, TOPOLOGY, fails, passes

HEAD = TOPOLOGY.replace("topology:", "topology:\n  draft: mimi-protocol-06", 1)
REPORTED = (
    TEAM
    + """
  - send: {by: bob, group: team, text: Buy my coins!}
  - report: {by: carol, group: team, of: bob, text: Buy my coins!, note: Spam}
    expect:
      - reported: {at: a.example, of: bob, texts: ["Buy my coins!"]}
"""
)


async def test_what_was_reported_and_by_whom() -> None:
    await passes(
        REPORTED
        + """
      - reported: {at: a.example, of: bob, texts: ["Buy my coins!"], by: carol, note: Spam}
      - reported: {at: a.example, of: bob, texts: [], by: alice}
      - reported: {at: a.example, of: bob, texts: [], note: spam}
      - reported: {at: a.example, of: carol, texts: []}
      - reported: {at: b.example, of: bob, texts: []}
""",
        HEAD,
    )


async def test_what_was_not() -> None:
    mismatch = await fails(REPORTED + "      - reported: {at: a.example, of: bob, texts: [Hello]}", HEAD)
    assert mismatch.expected == 'a.example to have reports of bob: "Hello"'
    assert mismatch.happened == 'it has "Buy my coins!"'
