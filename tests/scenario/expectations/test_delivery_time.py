"""How long messages take, in simulated time."""

import pytest

from simulator.scenario.expectations.delivery_time import DeliveryTime
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import run_entry
from tests.scenario.small_scenarios import TEAM, TOPOLOGY, Silent, fails, passes, scenario

HEAD = "network: {latency: 40 ms, links: {a.example -> c.example: {latency: 2.5 ms}}}" + TOPOLOGY
SENT = (
    TEAM
    + """
  - send: {by: bob, group: team}
    as: one
"""
)


async def test_until_the_last_has_read_the_last() -> None:
    await passes(
        SENT
        + """
    expect:
      - delivery_time: {messages: one, at_least: 42.5 ms, at_most: 42500 us}
      - delivery_time: {messages: one, by: alice, at_least: 40 ms, at_most: 40 ms}
      - delivery_time: {messages: one, by: [alice, bob, carol], at_most: 42.5 ms}
  - send: {by: [bob, carol], group: team, text: ""}
    as: two
    expect:
      - delivery_time: {messages: two, at_least: 160 ms, at_most: 160 ms}
      - delivery_time: {messages: two, by: carol, at_most: 42.5 ms}
""",
        HEAD,
    )


@pytest.mark.parametrize(
    ("bounds", "expected", "happened"),
    [
        ("at_most: 42 ms", "everybody to have the messages after 42 ms at most", "it took 42.5 ms"),
        ("at_least: 1.5 s", "everybody to have the messages after 1.5 s at least", "it took 42.5 ms"),
    ],
)
async def test_what_takes_otherwise_is_said(bounds: str, expected: str, happened: str) -> None:
    mismatch = await fails(SENT + f"    expect: {{delivery_time: {{messages: one, {bounds}}}}}\n", HEAD)
    assert (mismatch.expected, mismatch.happened) == (expected, happened)


@pytest.mark.parametrize(("by", "who"), [("", "nobody has"), ("by: carol", "carol.phone lacks")])
async def test_who_lacks_it_is_said(by: str, who: str) -> None:
    offline = TEAM + "  - offline: [alice.phone, carol]\n  - send: {by: bob, group: team}\n    as: one\n"
    mismatch = await fails(offline + f"    expect: {{delivery_time: {{messages: one, {by}}}}}\n", HEAD)
    assert mismatch.happened.startswith(who)


async def test_of_equal_messages_the_last_counts() -> None:
    several = TEAM + "  - send: {by: [bob, bob, bob], group: team}\n    as: one\n"
    await passes(
        several + "    expect: {delivery_time: {messages: one, by: carol, at_least: 202.5 ms, at_most: 202.5 ms}}\n",
        HEAD,
    )


async def test_its_value_is_in_microseconds() -> None:
    from simulator.scenario import run_scenario

    values = []

    async def perform(entry, context: Context):  # type: ignore[no-untyped-def]
        verdict = await run_entry(entry, context)
        if entry.name == "one":
            values.append(DeliveryTime(messages=("one",)).value(context))
        return verdict

    await run_scenario(scenario(SENT, HEAD), 1, Silent(), perform=perform)
    assert values == [42_500]
