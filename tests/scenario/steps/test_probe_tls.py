"""Old TLS is refused, new TLS is not."""

import pytest

from simulator.scenario import ScenarioFileError
from tests.scenario.small_scenarios import TOPOLOGY, fails, passes, scenario


async def test_1_2_is_refused_and_1_3_is_not() -> None:
    await passes("""
  - probe_tls: {to: a.example, maximum_version: "1.2"}
    expect: {tls: version}
  - probe_tls: {to: a.example, maximum_version: "1.3"}
""")


async def test_a_certificate_is_shown_where_one_is_wanted() -> None:
    steps = """
  - probe_tls: {to: a.example, maximum_version: "1.3"}
    expect: {tls: certificate required}
  - probe_tls: {to: a.example, maximum_version: "1.3", certificate_of: b.example}
  - probe_tls: {to: a.example, maximum_version: "1.3", certificate_of: b.example, server_name: x.example}
  - probe_tls: {to: a.example, maximum_version: "1.2", certificate_of: b.example}
    expect: {tls: version}
"""
    await passes(steps, TOPOLOGY.replace("topology:", "topology:\n  mutual_tls: true"))


async def test_a_handshake_that_should_have_been_refused() -> None:
    mismatch = await fails("""
  - probe_tls: {to: a.example, maximum_version: "1.3"}
    expect: {tls: version}
""")
    assert (mismatch.expected, mismatch.happened) == ("tls version", "it succeeded")


async def test_a_refused_handshake_fails_the_step() -> None:
    mismatch = await fails("  - probe_tls: a.example")
    assert mismatch.happened.startswith("a TLS 1.2 client has no TLS connection to https://ds.a.example")


async def test_without_tls_and_with_other_names() -> None:
    await passes("""
  - probe_tls: {to: a.example, maximum_version: none}
    expect: {tls: nothing but TLS}
  - probe_tls: {to: a.example, maximum_version: "1.3", server_name: ""}
  - probe_tls: {to: a.example, maximum_version: "1.3", server_name: ds.nowhere.example}
  - probe_tls: {to: a.example, maximum_version: "1.3", application: http/1.1}
  - probe_tls: {to: a.example, maximum_version: "1.3", application: gopher}
    expect: {tls: no application protocol}
""")


def test_an_old_version_with_another_name() -> None:
    with pytest.raises(ScenarioFileError, match="needs maximum_version"):
        scenario("  - probe_tls: {to: a.example, server_name: x.example}\n")


@pytest.mark.parametrize("name", ["xn--a.example", "xn--.example", "a..b", "127.0.0.1", "A.example.", "x" * 255])
async def test_any_name_that_a_hello_can_carry(name: str) -> None:
    await passes(f'  - probe_tls: {{to: a.example, maximum_version: "1.3", server_name: "{name}"}}')


@pytest.mark.parametrize(
    ("field", "value", "complaint"),
    [
        ("server_name", "xn--\xfc.example", "a server name is ASCII"),
        ("server_name", "\xfc.example", "a server name is ASCII"),
        ("server_name", "x" * 256, "255 bytes at most"),
        ("server_name", ".example", "without a dot at its start"),
        ("server_name", "a\\0b", "without a zero byte"),
        ("application", "\xfc", "is ASCII here"),
        ("application", "x" * 256, "1 to 255 bytes"),
        ("application", "", "1 to 255 bytes"),
    ],
)
def test_what_no_hello_can_carry(field: str, value: str, complaint: str) -> None:
    step = f'  - probe_tls: {{to: a.example, maximum_version: "1.3", {field}: "{value}"}}'
    with pytest.raises(ScenarioFileError, match=complaint) as caught:
        scenario(step)
    assert f":{step.index(field) + len(field) + 3}: " in str(caught.value)
