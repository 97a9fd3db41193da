"""What an `expect` says: read, and what can't be."""

import pytest

from simulator.scenario import ScenarioFileError
from simulator.scenario.expect import unknown
from simulator.scenario.expectations.unchanged import Unchanged
from simulator.scenario.outcome import Outcome
from tests.scenario.small_scenarios import scenario


def test_blocked_is_refused_and_nothing_changed() -> None:
    (entry,) = scenario("  - create_group: alice\n    expect: {blocked: a.example}\n").steps
    assert entry.expect.outcome == Outcome(blocked="a.example")
    (located,) = entry.expect.expectations
    assert (located.expectation, located.line) == (Unchanged(providers=("a.example",)), 11)


@pytest.mark.parametrize(
    ("expected", "problem"),
    [
        ("{blocked: d.example}", 'test.yaml:11:23: unknown provider "d.example"'),
        ("{bloked: a.example}", 'test.yaml:11:14: unknown expectation "bloked" (did you mean "blocked"?)'),
        ("{succeeds: ''}", "test.yaml:11:24: say why it works out"),
        ("{succeeds: so, error: malformed}", '"succeeds" says that it worked out: then nobody refused it'),
        ("{succeeds: so, http: 404}", '"succeeds" says that it worked out: then nobody refused it'),
        ("{succeeds: so, blocked: a.example}", '"succeeds" says that it worked out: then nobody refused it'),
        ("{blocked: a.example, fails: so}", '"fails" says that nobody refused it'),
        ("[{http: 404}, {http: 403}]", 'test.yaml:11:28: "http" is said twice'),
        ("[3]", "expected what must be so, by keyword"),
    ],
)
def test_what_can_not_be_expected(expected: str, problem: str) -> None:
    with pytest.raises(ScenarioFileError) as error:
        scenario(f"  - create_group: alice\n    expect: {expected}\n")
    assert problem in str(error.value)


def test_a_check_alone_blocks_nothing() -> None:
    with pytest.raises(ScenarioFileError, match="says how a step ends"):
        scenario("  - expect: {blocked: a.example}\n")


def test_what_is_said_of_an_unknown_word() -> None:
    assert unknown("sort", "tea", ["tee", "milk"]) == 'unknown sort "tea" (did you mean "tee"?)'
    assert unknown("sort", "zzz", ["tee", "milk"]) == 'unknown sort "zzz"; known: tee, milk'
    assert unknown("sort", "zzz", [f"word{n}" for n in range(13)]).endswith("; mimi-sim steps lists all")
