"""Another DS host than there is."""

import pytest

from tests.scenario.small_scenarios import passes


async def test_requests_go_where_the_lie_leads() -> None:
    await passes("""
  - lie_in_discovery: {by: b.example, ds_host: ds.c.example}
  - request_connection: {from: alice, to: bob}
    expect:
      - {http: 403, error: wrong_recipient}
      - requests: {to: c.example, error: wrong_recipient, count: 1}
""")


@pytest.mark.parametrize("name", ["xn--0a.example", "xn--ls8h.a.example", "ds." + "x" * 63 + ".example"])
async def test_a_name_that_nobody_has_is_no_host(name: str) -> None:
    await passes(f"""
  - lie_in_discovery: {{by: b.example, ds_host: {name}}}
  - request_connection: {{from: alice, to: bob}}
    expect: {{fails: no host has the name {name}}}
""")
