"""Users say by what others find them."""

from tests.scenario.small_scenarios import fails, passes

from .test_find_user import SEARCHING


async def test_by_some_kinds_by_none_and_by_all_again() -> None:
    await passes(
        """
  - searchable: {user: bob, kinds: [handle]}
  - find_user: {from: alice, to: bob}
  - find_user: {from: alice, to: bob, kinds: [nick]}
    expect: {error: unknown_user}
  - searchable: {user: bob, kinds: []}
  - find_user: {from: alice, to: bob}
    expect: {error: unknown_user}
  - searchable: {user: bob, kinds: [nick, handle]}
  - find_user: {from: alice, to: bob, kinds: [nick, handle]}
""",
        SEARCHING,
    )


async def test_by_no_kind_that_there_is_not() -> None:
    mismatch = await fails("  - searchable: {user: bob, kinds: [shoe size]}", SEARCHING)
    assert 'nobody is searched by "shoe size"; known: handle, nick' in mismatch.happened
