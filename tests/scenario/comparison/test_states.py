"""What can be compared before and after a step."""

from simulator.scenario.comparison.states import State
from simulator.scenario.running.odds import Odd

LACKS = Odd("bob", "every message", "bob lacks it", ("alice",))


def state(rows: dict[str, frozenset[bytes]], *odds: Odd) -> State:
    return State({"a.example": rows}, odds)


def test_what_is_another_way_is_told_of_the_honest_only() -> None:
    before, after = state({"groups": frozenset({b"1"})}), state({"groups": frozenset({b"2"})})
    assert after.changed(before, ["a.example"]) == {"a.example": ("groups",)}
    assert after.changed(before, ["b.example"]) == {}


def test_what_was_wrong_before_is_not_told_again() -> None:
    assert state({}, LACKS).fresh_odds(state({}), ["alice", "bob"]) == ("bob lacks it",)
    assert state({}, LACKS).fresh_odds(state({}, LACKS), ["alice", "bob"]) == ()


def test_that_an_attackers_messages_are_missing_is_no_harm() -> None:
    assert state({}, LACKS).fresh_odds(state({}), ["bob"]) == ()


def test_that_an_attacker_lacks_something_is_no_harm() -> None:
    assert state({}, LACKS).fresh_odds(state({}), ["alice"]) == ()
