"""Nothing in a provider's store has changed by a step."""

from tests.scenario.small_scenarios import TEAM, fails, passes


async def test_a_refused_request_changes_nothing() -> None:
    await passes(
        TEAM
        + """
  - request_connection: {from: alice, to: "mimi://b.example/u/nobody"}
    expect: {error: unknown_user, unchanged: [b.example, c.example]}
"""
    )


async def test_a_change_is_found_where_it_is() -> None:
    mismatch = await fails(TEAM + "  - send: {by: bob, group: team}\n    expect: {unchanged: [b.example, c.example]}\n")
    assert mismatch.expected == "nothing to change at c.example"
    assert mismatch.happened == (
        "its store did: queue (1 row more: messages for its clients, also those that they have acknowledged, "
        "which are kept to know a repetition)"
    )


async def test_all_that_has_changed_is_said() -> None:
    mismatch = await fails(TEAM + "  - update_client: {by: bob, group: team}\n    expect: {unchanged: a.example}\n")
    assert mismatch.happened.startswith("its store did: accepted (1 row more: requests of clients that ")
    assert ", groups (1 row changed), joiners (1 row fewer: who was invited " in mismatch.happened
    assert "queue (1 row more: messages for its clients, " in mismatch.happened
    mismatch = await fails("  - remove_account: carol\n    expect: {unchanged: c.example}\n")
    assert "users (1 row fewer)" in mismatch.happened
    assert "key_packages (" in mismatch.happened
    assert " rows fewer)" in mismatch.happened


async def test_a_key_of_another_provider_is_no_change() -> None:
    await passes("""
  - request_connection: {from: alice, to: "mimi://b.example/u/nobody"}
    expect:
      - {error: unknown_user, unchanged: b.example}
      - requests: {endpoint: verification_key, from: b.example, to: a.example, count: 1}
""")
