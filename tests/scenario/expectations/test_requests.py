"""Traffic since the beginning, during the step, or during a named one."""

import pytest

from tests.scenario.stage import TEAM, fails, passes

SENT = (
    TEAM
    + """
  - send: {by: [bob, bob], group: team}
    as: words
"""
)


async def test_during_this_step_a_named_one_or_all() -> None:
    await passes(
        SENT
        + """
    expect:
      - requests: {endpoint: group_operation, from: b.example, to: a.example, count: 2}
      - requests: {endpoint: deliver_message, to: c.example, count: 2}
      - requests: {endpoint: deliver_message, to: b.example, count: 0}
      - requests: {from: c.example, count: 0}
      - requests: {count: 4}
  - update_client: {by: alice, group: team}
    expect:
      - requests: {count: 2}
      - requests: {count: 4, during: words}
  - expect:
      - requests: {endpoint: ds_domain, from: a.example, to: b.example, count: 1}
      - requests: {endpoint: welcome_information, count: 4}
"""
    )


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("count: 7", "7 requests"),
        (
            "endpoint: deliver_message, from: a.example, to: c.example, count: 9",
            "9 requests at deliver_message from a.example to c.example",
        ),
        ("count: 0, during: words", "0 requests during words"),
    ],
)
async def test_another_number_than_expected_is_said(what: str, words: str) -> None:
    mismatch = await fails(
        SENT + f"  - update_client: {{by: alice, group: team}}\n    expect: {{requests: {{{what}}}}}\n"
    )
    assert mismatch.expected == words
    assert mismatch.happened.startswith("there were ")
