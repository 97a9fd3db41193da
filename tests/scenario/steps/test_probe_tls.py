"""Old TLS is refused, new TLS is not."""

from tests.scenario.stage import fails, passes


async def test_1_2_is_refused_and_1_3_is_not() -> None:
    await passes("""
  - probe_tls: {to: a.example, maximum_version: "1.2"}
    expect: {tls: version}
  - probe_tls: {to: a.example, maximum_version: "1.3"}
""")


async def test_a_handshake_that_should_have_been_refused() -> None:
    mismatch = await fails("""
  - probe_tls: {to: a.example, maximum_version: "1.3"}
    expect: {tls: version}
""")
    assert (mismatch.expected, mismatch.happened) == ("tls version", "it succeeded")


async def test_a_refused_handshake_fails_the_step() -> None:
    mismatch = await fails("  - probe_tls: a.example")
    assert mismatch.happened.startswith("a TLS 1.2 client has no TLS connection to https://ds.a.example")
