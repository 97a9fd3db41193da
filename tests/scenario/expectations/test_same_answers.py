"""Answers are compared byte for byte with those of another step."""

from tests.scenario.small_scenarios import TOPOLOGY, fails, passes

SEARCHING = TOPOLOGY.replace("topology:", "drafts: [mimi-protocol-06]\ntopology:")
ASKED = """
  - find_user: {from: alice, to: bob}
    note: With the directory.
  - find_user: {from: alice, to: bob}
    as: found
  - find_user: {from: alice, to: "mimi://b.example/u/nobody"}
    as: lost
    expect: {error: unknown_user}
"""


async def test_the_same_bytes() -> None:
    await passes(
        f"""{ASKED}
  - advance: 10m
  - find_user: {{from: alice, to: "mimi://b.example/u/nemo"}}
    expect: {{error: unknown_user, same_answers: lost}}
""",
        SEARCHING,
    )


async def test_other_bytes() -> None:
    mismatch = await fails(
        f"""{ASKED}
  - find_user: {{from: alice, to: "mimi://b.example/u/nemo"}}
    expect: {{error: unknown_user, same_answers: found}}
""",
        SEARCHING,
    )
    assert mismatch.happened == "there was HTTP 200 with 4 bytes (01000000)"


async def test_not_as_many_answers() -> None:
    mismatch = await fails(f"{ASKED}  - advance: 1s\n    expect: {{same_answers: lost}}\n", SEARCHING)
    assert mismatch.happened == "there were 0"
    nothing = "  - advance: 1s\n    as: quiet\n  - advance: 1s\n    expect: {same_answers: quiet}\n"
    assert (await fails(nothing)).happened == "none came there"
