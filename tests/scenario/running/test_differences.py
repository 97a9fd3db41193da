"""All that differs is said."""

import pytest

from simulator.scenario.running.differences import Differences, difference
from simulator.scenario.step import Unmet
from tests.scenario.small_scenarios import TEAM, fails


@pytest.mark.parametrize(
    ("expected", "found", "said"),
    [
        ("abc", "cba", ""),
        ("abc", "b", "missing: a, c"),
        ("", "ab", "unexpected: a, b"),
        ("abc", "bdce", "missing: a; unexpected: d, e"),
        ("aab", "abb", "missing: a; unexpected: b"),
    ],
)
def test_what_is_missing_and_what_is_unexpected(expected: str, found: str, said: str) -> None:
    assert difference(expected, found) == said


def test_nothing_is_raised_for_nothing_and_all_at_once_for_several() -> None:
    found = Differences()
    found.raise_if_any()
    assert not found
    for happened in ("this", "that", "this"):
        found.add("it", happened)
    with pytest.raises(Unmet, match=r"^expected it; this; that$"):
        found.raise_if_any()


SENT = (
    TEAM
    + """
  - send: {by: alice, group: team}
    as: hello
"""
)


@pytest.mark.parametrize(
    ("expectation", "happened"),
    [
        ("received: {messages: hello, by: alice}", ["bob.phone", "carol.phone"]),
        ("not_received: {messages: hello, by: [bob, carol]}", ["bob.phone", "carol.phone"]),
        ("queued: {clients: [bob, carol], count: 3}", ["bob.phone", "carol.phone"]),
        ("connected: [bob, carol]", ["b.example", "c.example"]),
    ],
)
async def test_expectations_of_several_name_all(expectation: str, happened: list[str]) -> None:
    mismatch = await fails(SENT + f"  - expect: {{{expectation}}}\n")
    said = f"{mismatch.expected}; {mismatch.happened}"
    assert [name for name in happened if name not in said] == []
    assert "; " in mismatch.happened
