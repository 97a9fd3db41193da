"""Traffic since the beginning, during the step, or during a named one."""

from pathlib import Path

import pytest

from simulator.scenario import Result, ScenarioFileError
from tests.scenario.small_scenarios import TEAM, fails, passes, play, scenario, with_external

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


async def test_by_how_they_ended() -> None:
    await passes(
        """
  - request: {by: a.example, to: b.example, endpoint: verification_key, body: x}
    expect:
      - {http: 400}
      - requests: {http: 400, count: 1}
      - requests: {error: malformed, at_least: 1, at_most: 1}
      - requests: {error: wrong_recipient, count: 0}
      - requests: {http_version: "1.1", at_least: 1}
      - requests: {http_version: "2", at_most: 0}
      - requests: {answered: false, count: 0}
"""
    )


async def test_by_the_headers_of_the_answer() -> None:
    steps = """
  - request: {by: a.example, to: b.example, endpoint: ds_domain}
    expect:
      - requests: {headers: {cache-control: max-age=, Content-Type: text/}, count: 1}
      - requests: {headers: {Cache-Control: ""}, count: 1}
      - requests: {headers: {cache-control: no-store}, count: 0}
      - requests: {headers: {Retry-After: ""}, count: 0}
"""
    await passes(steps)
    mismatch = await fails(steps + "      - requests: {headers: {Retry-After: '', x-y: z}, count: 1}\n")
    assert (mismatch.expected, mismatch.happened) == ("1 request with Retry-After, x-y: z", "there were 0")


async def test_bounds_are_said() -> None:
    mismatch = await fails(SENT + "    expect: {requests: {at_least: 5, at_most: 9, http: 200}}\n")
    assert mismatch.expected == "at least 5 and at most 9 requests with HTTP 200"


def test_no_number() -> None:
    with pytest.raises(ScenarioFileError, match="say how many"):
        scenario(SENT + "    expect: {requests: {http: 200}}\n")


@pytest.mark.parametrize(
    ("what", "result"),
    [
        ("from: c.example, at_least: 1", Result.unsupported),
        ("endpoint: ds_domain, count: 3", Result.unsupported),
        ("endpoint: ds_domain, at_most: 1", Result.failed),
        ("endpoint: ds_domain, from: a.example, count: 2", Result.failed),
        ("endpoint: ds_domain, count: 2", Result.passed),
    ],
)
async def test_what_an_external_provider_asks_is_not_seen(tmp_path: Path, what: str, result: Result) -> None:
    steps = """
  - connect: {from: alice, to: bob}
  - expect: {requests: {%s}}
"""
    played = await play(steps % what, with_external(tmp_path))
    assert played.result is result, [step.message for step in played.steps]


async def test_headers_that_are_not_there() -> None:
    step = "  - request: {by: b.example, to: a.example, endpoint: ds_domain}\n"
    step += "    expect: {requests: {lacks: [%s], count: 1}}\n"
    await passes(step % "Retry-After, WWW-Authenticate")
    mismatch = await fails(step % "Cache-Control")
    assert (mismatch.expected, mismatch.happened) == ("1 request without Cache-Control", "there were 0")
