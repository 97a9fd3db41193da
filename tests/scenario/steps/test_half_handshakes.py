"""Half a handshake ends where the server says so."""

from tests.scenario.small_scenarios import TOPOLOGY, fails, passes

HASTY = TOPOLOGY.replace("a.example: {", "a.example: {handshake_timeout: 1s, ")


async def test_the_server_hangs_up_and_serves_others_meanwhile() -> None:
    await passes(
        """
  - together:
      - half_handshakes: {to: a.example, count: 20}
        expect: {tls: did not wait}
      - request_connection: {from: bob, to: alice}
""",
        HASTY,
    )


async def test_it_can_not_work_out() -> None:
    mismatch = await fails("  - half_handshakes: a.example\n", HASTY)
    assert mismatch.happened == (
        "a client that stops halfway has no TLS connection to https://ds.a.example: "
        "the server did not wait for the other half"
    )
