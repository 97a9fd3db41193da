"""The last request of its kind, or the one of a certain step."""

from pathlib import Path

from simulator.scenario import Result
from tests.scenario.small_scenarios import TEAM, fails, passes, play, with_external


async def test_of_several_the_last_is_taken() -> None:
    await passes(
        TEAM
        + """
  - offline: bob
  - send: {by: alice, group: team, text: one}
    as: one
  - send: {by: alice, group: team, text: two}
    as: two
  - capture: {endpoint: deliver_message, from: a.example, to: b.example, during: one}
    as: first
  - capture: {endpoint: deliver_message, from: a.example, to: b.example}
    as: last
  - tamper: {request: first, append: "00"}
    as: first_longer
  - forward: {request: first_longer, by: a.example, to: b.example}
    expect: {error: malformed}
  - replay: last
    expect: {queued: {clients: bob, count: 2}}
"""
    )


async def test_nothing_to_capture() -> None:
    mismatch = await fails("""
  - capture: {endpoint: deliver_message, from: a.example, to: c.example}
    as: nothing
""")
    assert mismatch.expected == "a request from a.example to c.example at deliver_message"
    assert mismatch.happened == "there was none"


async def test_nobody_sees_what_an_external_provider_sends(tmp_path: Path) -> None:
    steps = "  - capture: {endpoint: ds_domain, from: c.example, to: a.example}\n    as: seen\n"
    result = await play(steps, with_external(tmp_path))
    assert result.result is Result.unsupported
    assert result.reason == "c.example is an external provider: what it asks others can't be had from outside"


async def test_what_an_external_provider_may_have_kept_from_being_sent_is_not_taken_for_an_older_request(
    tmp_path: Path,
) -> None:
    steps = """
  - request_connection: {from: alice, to: bob}
  - publish_key_packages: {by: carol, count: 1}
  - capture: {endpoint: connection_key_packages, from: a.example, to: b.example}
    as: older
  - request_connection: {from: alice, to: bob}
  - capture: {endpoint: connection_key_packages, from: a.example, to: b.example}
    as: newer
"""
    result = await play(steps, with_external(tmp_path))
    _, undone, older, _, newer = result.steps
    assert (undone.result, older.result, newer.result) == (Result.unsupported, Result.unsupported, Result.passed)
    assert older.message == f"the request that is meant was not sent, because line {undone.line} could not be done"
