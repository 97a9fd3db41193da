"""Who got what: exactly these, exactly once, in this order."""

import pytest

from tests.scenario.small_scenarios import TEAM, fails, passes

MESSAGES = (
    TEAM
    + """
  - send: {by: alice.phone, group: team, text: one}
    as: one
  - send: {by: [bob, alice.phone], group: team, text: two}
    as: two
"""
)


async def test_all_others_have_each_message_in_order() -> None:
    await passes(
        MESSAGES
        + """
  - expect: {received: {messages: [one, two], by: [alice, bob, carol]}}
  - expect: {received: {messages: one, by: [bob, carol]}}
"""
    )


@pytest.mark.parametrize(
    ("expectation", "expected", "happened"),
    [
        (
            "messages: one, by: bob",
            "carol.phone to have none of them",
            'it has "one" from mimi://a.example/d/alice/phone',
        ),
        (
            "messages: one, by: [bob, carol, alice.laptop]",
            'alice.laptop to have "one" from mimi://a.example/d/alice/phone',
            "it has none of them",
        ),
        (
            "messages: [two, one], by: [alice, bob, carol]",
            'bob.phone to have "two" from mimi://a.example/d/alice/phone, "one" from mimi://a.example/d/alice/phone; ',
            'it has "one" from mimi://a.example/d/alice/phone, "two" from mimi://a.example/d/alice/phone; carol.phone ',
        ),
        (
            "messages: [one, one], by: [bob, carol]",
            'bob.phone to have "one" from mimi://a.example/d/alice/phone, "one" from mimi://a.example/d/alice/phone; ',
            'it has "one" from mimi://a.example/d/alice/phone; carol.phone has "one"',
        ),
    ],
    ids=["too many", "too few", "order", "not twice"],
)
async def test_anything_else_is_said(expectation: str, expected: str, happened: str) -> None:
    mismatch = await fails(MESSAGES + f"  - expect: {{received: {{{expectation}}}}}\n")
    assert mismatch.expected.startswith(expected)
    assert mismatch.happened.startswith(happened)


async def test_what_comes_twice_did_not_come_once() -> None:
    mismatch = await fails(
        MESSAGES
        + """
  - send: {by: alice.phone, group: team, text: one}
    expect: {received: {messages: one, by: [bob, carol]}}
"""
    )
    one = '"one" from mimi://a.example/d/alice/phone'
    assert mismatch.expected == f"bob.phone to have {one}; carol.phone to have {one}"
    assert mismatch.happened == f"it has {one}, {one}; carol.phone has {one}, {one}"


async def test_a_message_that_was_never_sent() -> None:
    mismatch = await fails(
        TEAM
        + """
  - remove_users: {by: alice, group: team, users: bob}
  - send: {by: bob, group: team}
    as: words
"""
    )
    assert "is not in the group" in mismatch.happened


LATE = (
    TEAM
    + """
  - offline: bob
  - send: {by: alice.phone, group: team}
    as: hello
  - advance: 5m
  - online: bob
"""
)


async def test_within_a_protocol_time() -> None:
    await passes(LATE + "    expect: {received: {messages: hello, by: [bob, carol], within: 5m}}\n")


async def test_what_came_too_late() -> None:
    mismatch = await fails(LATE + "    expect: {received: {messages: hello, by: [bob, carol], within: 299s}}\n")
    assert mismatch.expected == "everything to be read within 299 s"
    assert mismatch.happened.startswith("bob.phone read ")
    assert mismatch.happened.endswith(" after 300 s")
