"""What is known of a rule when all that can be tried without it was tried."""

from collections.abc import Iterable
from enum import StrEnum

from simulator.dataclass import dataclass
from simulator.machine import MachineFailure
from simulator.printable import printable
from simulator.scenario.ablation.subjects import Subject
from simulator.scenario.report import Result, ScenarioResult

_LONGEST = 300
"""How many characters of what happened are kept."""


class Verdict(StrEnum):
    """What is to be said of a rule."""

    noticed = "noticed"
    """A scenario does not pass without it."""
    redundant = "redundant"
    """Another rule refuses the same: without both of them, a scenario does not pass."""
    explained = "explained"
    """No scenario misses it, and the draft says why none can."""
    essential = "essential"
    """It can't be switched off."""
    hole = "hole"
    """No scenario misses it, and nobody says why."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A scenario that does not pass without some rule: where it first is otherwise."""

    scenario: str
    """Its ID."""
    file: str
    """Where the step stands: the scenario's file, or the part of it."""
    line: int
    step: str
    happened: str
    """What was expected there, and what came."""
    breaks: bool = False
    """Whether the simulator itself broke there."""
    number: int = 0
    """The step's number: 1 is the first, 0 is before it."""
    instead: tuple[str, ...] = ()
    """The IDs of the rules that refuse something there only now: then it is the kind of refusal that is missed."""

    @property
    def words(self) -> str:
        """All of it in one line."""
        said = f"{self.file}:{self.line} {self.step}: {'breaks: ' if self.breaks else ''}{self.happened}"
        return f"{said}; instead {' and '.join(self.instead)}" if self.instead else said


@dataclass(frozen=True, slots=True)
class Together:
    """Other rules that refuse what the rule would have, one after the other."""

    others: tuple[str, ...]
    """Their IDs, in the order in which they refuse."""
    scenario: str
    """Where they do."""
    notice: Notice | None = None
    """What comes of it without all of them; None where the last one can't be switched off."""

    def __str__(self) -> str:
        if self.notice is None:
            *waived, last = self.others
            without = f"without {' and '.join(waived)} too, " if waived else ""
            return f"{without}{last} refuses it, which can't be switched off, in {self.scenario}"
        return f"redundant with {' and '.join(self.others)}: waived together, {self.scenario} notices"


@dataclass(frozen=True, slots=True)
class Row:
    """One rule, and what was found out about it."""

    subject: Subject
    seen_in: tuple[str, ...] = ()
    """The IDs of the scenarios in which something breaks it."""
    notices: tuple[Notice, ...] = ()
    together: Together | None = None
    candidates: tuple[str, ...] = ()
    """The IDs of the rules that refuse something only where this one does not."""
    always_kept: bool = False
    """Whether it refused all the same wherever it was waived, as there was nothing to go on with."""

    @property
    def verdict(self) -> Verdict:
        """What is to be said of it."""
        if self.subject.essential is not None:
            return Verdict.essential
        if self.notices:
            return Verdict.noticed
        if self.together is not None:
            return Verdict.redundant
        return Verdict.hole if self.subject.reason is None else Verdict.explained

    @property
    def reason(self) -> str | None:
        """Why nobody notices; None where somebody does, and where nobody knows."""
        match self.verdict:
            case Verdict.essential:
                return f"can't be switched off: {self.subject.essential}"
            case Verdict.redundant:
                return str(self.together)
            case Verdict.explained:
                return self.subject.reason
            case _:
                return None

    @property
    def hole(self) -> str:
        """What a hole is: no scenario breaks the rule, or those that do pass without it."""
        if not self.seen_in:
            return "no scenario breaks it"
        if self.always_kept:
            return "it refuses all the same, so that it is essential: say why"
        then = f", where {' or '.join(self.candidates)} refuses then" if self.candidates else ""
        count = len(self.seen_in)
        break_it = f"{count} break it and pass" if count > 1 else "1 breaks it and passes"
        return f"no scenario notices: {break_it} without it{then}"


@dataclass(frozen=True, slots=True)
class Ablation:
    """What was found out about all rules that were asked for."""

    draft: str
    scenarios: int
    rows: tuple[Row, ...]

    def of(self, verdict: Verdict) -> tuple[Row, ...]:
        """The rows with this verdict."""
        return tuple(row for row in self.rows if row.verdict is verdict)

    @property
    def holes(self) -> tuple[Row, ...]:
        """The rules that are neither noticed nor explained."""
        return self.of(Verdict.hole)

    @property
    def summary(self) -> str:
        """How many rules there are, and how many with which verdict; below it the redundant ones, and the holes."""
        counted = {
            "noticed": self.of(Verdict.noticed),
            "redundant with another": self.of(Verdict.redundant),
            "explained": self.of(Verdict.explained),
            "can't be switched off": self.of(Verdict.essential),
            "hole" if len(self.holes) == 1 else "holes": self.holes,
        }
        counts = ", ".join(f"{len(rows)} {words}" for words, rows in counted.items())
        rules, scenarios = _count(len(self.rows), "rule"), _count(self.scenarios, "scenario")
        return f"{rules} of {self.draft} in {scenarios}: {counts}"

    @property
    def details(self) -> tuple[str, ...]:
        """A line for each rule that is redundant, one for each hole that scenarios break, and one for all others."""
        redundant = (f"redundant: {row.subject.id} with {_others(row)}" for row in self.of(Verdict.redundant))
        holes = (f"hole: {row.subject.id}: {row.hole}" for row in self.holes if row.seen_in)
        unseen = [row.subject.id for row in self.holes if not row.seen_in]
        return (*redundant, *holes, *([f"holes: no scenario breaks {', '.join(unseen)}"] if unseen else ()))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _others(row: Row) -> str:
    return " and ".join(row.together.others) if row.together else ""


def notice(result: ScenarioResult) -> Notice | None:
    """Where a run without some rule is not as it should be first; None where it is. Raises MachineFailure where this
    machine could not run it.
    """
    if result.result not in (Result.failed, Result.fault):
        return None
    step = result.failures[0]
    if isinstance(step.error, MachineFailure):
        raise step.error
    happened = "; ".join(_mismatches((each.expected, each.happened) for each in step.mismatches)) or step.message
    return Notice(
        result.scenario.id,
        step.file or result.scenario.file,
        step.line,
        step.name,
        printable(happened, _LONGEST),
        step.result is Result.fault,
        result.steps.index(step) + 1 if step in result.steps else 0,
    )


def _mismatches(pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    return (f"expected {expected}, but {happened}" for expected, happened in pairs)
