"""Whom a provider has heard of."""

from tests.scenario.paying_topology import ASKED, PAYING
from tests.scenario.small_scenarios import fails, passes


async def test_who_pays_need_not_be_named() -> None:
    await passes(ASKED + "    expect: {not_named: {user: alice, at: b.example}}\n", PAYING)


async def test_a_name_in_a_request_is_found() -> None:
    named = PAYING.replace("unnamed: true", "unnamed: false")
    mismatch = await fails(ASKED + "    expect: {not_named: {user: alice, at: b.example}}\n", named)
    assert mismatch.happened == "connection_key_packages names alice"


async def test_a_name_in_an_answer_is_found() -> None:
    accepted = "  - accept_connection: {by: bob, from: alice}\n    expect: {not_named: {user: alice, at: b.example}}\n"
    mismatch = await fails(ASKED + accepted, PAYING)
    assert mismatch.happened == "welcome_information names alice"
