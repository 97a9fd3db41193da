"""Answers that are not what they should be."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import fails, passes, scenario

ASK = "  - request: {by: b.example, to: a.example, endpoint: verification_key, fields: %s}\n"
FIELDS = "{version: 1, sender: b.example, recipient: a.example}"


@pytest.mark.parametrize(
    ("lie", "outcome"),
    [
        ("status: 503, body: busy", "http: 503"),
        ("status: 429", "http: 429"),
        ("set: {body.provider: c.example}", "http: 200"),
        ("body: 'hex:00'", "http: 200"),
    ],
)
async def test_once_and_then_the_truth(lie: str, outcome: str) -> None:
    await passes(
        f"  - answer: {{by: a.example, endpoint: verification_key, times: 1, {lie}}}\n"
        + ASK % FIELDS
        + f"    expect: {{{outcome}}}\n"
        + ASK % FIELDS
        + "    expect: {http: 200}\n"
    )


async def test_fields_of_the_struct_reach_the_asker() -> None:
    await passes("""
  - answer: {by: b.example, endpoint: verification_key, set: {body.provider: c.example}}
  - request_connection: {from: bob, to: alice}
    expect: {http: 502, error: sender_unverifiable}
""")


async def test_no_struct_to_change() -> None:
    mismatch = await fails("  - answer: {by: b.example, endpoint: ds_domain, set: {x: 1}}\n")
    assert "ds_domain does not answer with a struct" in mismatch.happened


def test_body_and_fields() -> None:
    with pytest.raises(ScenarioFileError, match="no fields that could be changed"):
        scenario("  - answer: {by: b.example, endpoint: ds_domain, body: x, set: {x: 1}}\n")


async def test_text_in_the_body_and_in_headers_is_another_and_spaces_fill_it_up() -> None:
    await passes("""
  - answer: {by: a.example, endpoint: ds_domain, replace: {ds.a.example: ds.c.example, text/plain: text/html}, times: 1}
  - request: {by: b.example, to: a.example, endpoint: ds_domain}
    expect: {requests: {endpoint: ds_domain, headers: {Content-Type: text/html}, count: 1}}
  - answer: {by: a.example, endpoint: ds_domain, size: 300, times: 1}
  - request: {by: b.example, to: a.example, endpoint: ds_domain}
    expect: {requests: {endpoint: ds_domain, headers: {Content-Length: "300"}, count: 1}}
""")
