"""Another DS host than there is."""

from tests.scenario.stage import passes


async def test_requests_go_where_the_lie_leads() -> None:
    await passes("""
  - lie_in_discovery: {by: b.example, ds_host: ds.c.example}
  - request_connection: {from: alice, to: bob}
    expect:
      - {http: 403, error: wrong_recipient}
      - requests: {to: c.example, error: wrong_recipient, count: 1}
""")
