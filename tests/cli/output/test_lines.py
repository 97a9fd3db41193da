"""How results read."""

from dataclasses import replace
from pathlib import Path

from simulator.cli.output.lines import common_lines, failure, scenario_line, step_lines, summary
from simulator.cli.running.jobs import Ran, Seen
from simulator.machine import MachineFailure
from simulator.scenario import Mismatch, Result, ScenarioResult, StepResult
from tests.cli.results import OVER_A_RULE
from tests.scenario.small_scenarios import scenario, with_external

EMPTY = scenario("  []\n")


def result(*steps: StepResult) -> ScenarioResult:
    return ScenarioResult(EMPTY, 7, 1.5, steps, 42)


PASSED = result(StepResult("send m1", 12, Result.passed))
FAILED = result(
    StepResult("send m1", 12, Result.failed, "words", (Mismatch(12, "one", "two"), Mismatch(14, "[b]three", "four"))),
    StepResult("leave", 20, Result.not_run),
)


def test_one_line_per_scenario_in_columns() -> None:
    assert scenario_line(PASSED, 10).plain == "passed  test          1 steps     42 requests    1.50 s"
    assert scenario_line(FAILED, 10).plain == "FAILED  test          2 steps     42 requests    1.50 s"


def test_a_failure_before_the_first_step_counts_as_no_step() -> None:
    setup = StepResult("start", 1, Result.failed, "words", (Mismatch(1, "one", "two"),))
    failed = replace(result(StepResult("leave", 20, Result.not_run)), setup=setup)
    assert "  1 steps" in scenario_line(failed, 10).plain
    assert [line.plain for line in failure(failed, debug=False)][:2] == ["  test.yaml:1: start", "    expected one"]


def test_a_failure_names_the_step_and_the_lines_that_wanted_something_else() -> None:
    assert [line.plain for line in failure(FAILED, debug=False)] == [
        "  test.yaml:12: send m1",
        "    expected one",
        "    happened two",
        "    line 14: expected [b]three",
        "    line 14: happened four",
        "  again: mimi-sim run test.yaml --seed 7",
    ]


def test_with_an_external_provider_a_failure_shows_the_last_requests_of_its_step(tmp_path: Path) -> None:
    seen = (Seen(0.5, tuple(f"a -> b send: {200 + number}" for number in range(6))),)
    usual = [line.plain for line in failure(FAILED, debug=False)]
    assert [line.plain for line in failure(FAILED, debug=False, seen=seen)] == usual
    failed = replace(FAILED, scenario=scenario("  []\n", with_external(tmp_path)))
    shown = [line.plain for line in failure(failed, debug=False, seen=seen)]
    assert shown[5:-1] == [f"    request  a -> b send: {200 + number}" for number in range(1, 6)]
    assert shown[:5] + shown[-1:] == usual
    setup = replace(failed, setup=StepResult("start", 1, Result.failed, "words", (Mismatch(1, "one", "two"),)))
    (first, *_) = failure(replace(setup, steps=()), debug=False, seen=())
    assert first.plain == "  test.yaml:1: start"


def test_a_fault_shows_its_traceback_on_demand() -> None:
    fault = result(StepResult("send", 12, Result.fault, "KeyError: 'x'", error=KeyError("x")))
    assert "--debug" in "".join(line.plain for line in failure(fault, debug=False))
    assert "KeyError: 'x'\n" in "\n".join(line.plain for line in failure(fault, debug=True)) + "\n"


def test_what_a_peer_says_does_not_steer_the_terminal() -> None:
    rude = Mismatch(12, "success", "\x1b[31mred\x07")
    lines = [line.plain for line in failure(result(StepResult("send", 12, Result.failed, "", (rude,))), debug=False)]
    assert lines[2] == "    happened \N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}"
    skipped = result(StepResult("send", 12, Result.skipped, "\x1b[2J"))
    assert "\x1b" not in scenario_line(skipped, 4).plain


def test_the_summary_counts_what_there_is() -> None:
    assert summary((PASSED,), 1.5).plain == "1 scenario: 1 passed (1.5 s)"
    assert summary((PASSED, FAILED, FAILED), 2).plain == "3 scenarios: 1 passed, 2 failed (2.0 s)"


def test_several_failures_end_with_the_requirements_that_they_have_in_common() -> None:
    head, first, rest = (line.plain for line in common_lines((PASSED, *OVER_A_RULE)))
    assert head == "what the 2 failures have in common:"
    assert first.startswith("  T-SECURITY-RECIPIENT: 2 of 2  A provider refuses a payload")
    assert rest == "  1 requirement more in some of them: --json has all"
    assert list(common_lines((PASSED, OVER_A_RULE[0]))) == []
    (alone,) = common_lines((FAILED, OVER_A_RULE[0]))
    assert alone.plain == "what the 2 failures have in common: no requirement"


def test_what_was_left_out_says_why_in_place_of_figures() -> None:
    unsupported = result(StepResult("crash", 12, Result.unsupported, "c.example is not ours"))
    assert scenario_line(unsupported, 4).plain == "unsupported  test  c.example is not ours"
    partly = result(*(StepResult("send", line, Result.passed) for line in (10, 11)), *unsupported.steps)
    assert scenario_line(partly, 4).plain == "unsupported  test  2 of 3 steps passed; c.example is not ours"
    assert summary((PASSED, unsupported), 3).plain == "2 scenarios: 1 passed, 1 unsupported (3.0 s)"


def test_a_command_that_repeats_it_with_all_that_changes_what_it_is() -> None:
    (*_, last) = failure(FAILED, debug=False, options=("--set", "members=3 4"))
    assert last.plain == "  again: mimi-sim run test.yaml --seed 7 --set 'members=3 4'"


def test_a_line_a_step_with_expected_refusals_and_requests() -> None:
    steps = (
        StepResult("send m1", 12, Result.passed, "403 wrong_recipient"),
        StepResult("crash", 13, Result.skipped, "no time"),
        StepResult("leave", 20, Result.not_run),
    )
    ran = Ran(result(*steps), (Seen(0.5, ("a -> b send: 403",), (), ("a -> b send: 403", "a retried")), Seen(0, ())))
    assert [line.plain for line in step_lines(ran, requests=True)] == [
        "    12  passed       send m1  1 request, 0.50 s",
        "          refused as expected: 403 wrong_recipient",
        "          a -> b send: 403",
        "          a retried",
        "    13  skipped      crash  0 requests, 0.00 s",
        "          no time",
        "    20  not run      leave",
    ]
    assert len(list(step_lines(ran, requests=False))) == 5


def test_what_this_machine_can_not_do_is_no_bug_and_has_no_traceback() -> None:
    lacking = MachineFailure("too many open files")
    step = StepResult("send m1", 12, Result.fault, str(lacking), error=lacking)
    lines = [line.plain for line in failure(result(step), debug=True)]
    assert lines[1:-1] == ["    this machine can't do it, not the scenario: too many open files"]
