"""What ablation found out, made by hand: a rule with each verdict."""

from collections.abc import Mapping
from dataclasses import replace

from simulator.scenario import Mismatch, Result, ScenarioResult, StepResult
from simulator.scenario.ablation import Ablation, AblationTable, Notice, Row, Subject, Together, Tried
from tests.cli.results import result


def subject(name: str, essential: str | None = None, reason: str | None = None) -> Subject:
    """A rule of no document; its ID says which."""
    return Subject(name, name.partition("/")[0], "doc", "1 Rules", f"It demands {name}.", essential, reason)


def ran(
    name: str, broken: Mapping[int, tuple[str, ...]], *, fails: str = "", faults: str = "", let: tuple[str, ...] = ()
) -> ScenarioResult:
    """A run of the scenario with this id; with words that say how it fails, or breaks, in its first step."""
    step = StepResult("send m1", 12, Result.passed)
    if fails:
        step = StepResult("send m1", 12, Result.failed, "", (Mismatch(12, "success", fails),))
    if faults:
        step = StepResult("send m1", 12, Result.fault, faults, error=KeyError(faults))
    made = result(name, step)
    return ScenarioResult(made.scenario, 1, 0.1, made.steps, 3, None, broken, let)


def tried(
    name: str, broken: Mapping[int, tuple[str, ...]], *, fails: str = "", faults: str = "", let: tuple[str, ...] = ()
) -> Tried:
    """What such a run shows."""
    made = ran(name, broken, fails=fails, faults=faults, let=let)
    return Tried.of(made.scenario, made)


NOTICE = Notice("s/one", "s/one.yaml", 12, "send m1", "expected success, but it | <b>")
NOTICED = Row(subject("NOTICED"), ("s/one", "s/two"), (NOTICE, Notice("s/two", "s/two.yaml", 3, "x", "KeyError", True)))
REDUNDANT = Row(subject("BOTH/A"), ("s/one",), (), Together(("BOTH/B", "C"), "s/one", NOTICE), ("BOTH/B", "C"))
CAUGHT = Row(subject("CAUGHT"), ("s/one",), (), Together(("C", "DECODES"), "s/one"), ("C", "DECODES"))
EXPLAINED = Row(subject("EXPLAINED", reason="no bytes can do it"))
ESSENTIAL = Row(subject("DECODES", essential="there is nothing to go on with"), ("s/one",))
HOLE = Row(subject("HOLE"), ("s/one",), (), None, ("C",))
UNSEEN = Row(subject("UNSEEN"))
FOUND = Ablation("a-draft", 2, (NOTICED, REDUNDANT, CAUGHT, EXPLAINED, ESSENTIAL, HOLE, UNSEEN))
OWN = Row(
    replace(subject("OWN"), section="0 Own", is_own=True),
    ("s/two",),
    (Notice("s/two", "s/two.yaml", 3, "x", "KeyError", True),),
)
OTHER = Ablation("another-draft", 1, (OWN, Row(replace(HOLE.subject, reason="nobody can break it there"))))
TABLE = AblationTable((FOUND, OTHER))
