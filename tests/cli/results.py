"""Results of each sort, made by hand."""

from dataclasses import replace

from simulator.scenario import Mismatch, Result, ScenarioResult, StepResult
from tests.scenario.small_scenarios import scenario

EMPTY = scenario("  []\n")


def result(name: str, *steps: StepResult) -> ScenarioResult:
    """One with this id."""
    named = replace(EMPTY, id=name, file=f"{name}.yaml")
    return ScenarioResult(named, 7, 1.5, steps, 42)


PASSED = result("good/one", StepResult("send m1", 12, Result.passed))
FAILED = result("bad", StepResult("send", 12, Result.failed, 'a "word" < \x00', (Mismatch(12, "one", "two"),)))
FAULT = result("broken", StepResult("send", 12, Result.fault, "KeyError: 'x'", error=KeyError("x")))
SKIPPED = result("later", StepResult("send", 12, Result.skipped, "no #1 time"))
UNSUPPORTED = result("theirs", StepResult("crash", 12, Result.unsupported, "not ours"))
ALL = (PASSED, FAILED, FAULT, SKIPPED, UNSUPPORTED)

_UNMET = StepResult("send", 12, Result.failed, "words", (Mismatch(12, "one", "two"),))
OVER_A_RULE = (
    replace(result("bad/two", _UNMET), broken={1: ("P-5-OWNER", "T-SECURITY-RECIPIENT")}),
    replace(result("bad/three", _UNMET), broken={1: ("T-SECURITY-RECIPIENT/TENANT",)}),
)
"""Two that failed because somebody broke a rule."""
