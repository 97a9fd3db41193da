"""Which runs show what becomes of the scenarios without a rule: in waves, each by what the one before has shown.

In the first wave nobody keeps the rule, in every scenario in which something breaks it; no other can tell, as the same
seed makes the same bytes. What refuses something then, and did not before, may have taken the place of the rule. In the
waves that follow nobody keeps those either, one by one.
"""

from collections.abc import Awaitable, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field, replace

from simulator.dataclass import dataclass
from simulator.scenario.ablation.rows import Notice, Row, Together
from simulator.scenario.ablation.subjects import Subject
from simulator.scenario.ablation.tried import Tried
from simulator.scenario.loading.loader import Scenario

MOST_OTHERS = 3
"""How many other rules are taken away together with one, at most."""
_TRIALS_EACH = 8
"""How many runs a rule gets in each wave behind the first: a candidate that shows nothing in a few shows nothing."""
_SCENARIOS_EACH = 2
"""In how many scenarios the same rules are tried together."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A run that is wanted: of a scenario in which nobody keeps some rules."""

    scenario: Scenario
    waived: tuple[str, ...]
    """IDs."""


Run = Callable[[Sequence[Trial]], Awaitable[Sequence[Tried]]]
"""Runs trials; the results are in their order."""


@dataclass(slots=True)
class _Case:
    """A rule, and what is known of it so far."""

    subject: Subject
    baseline: Sequence[Tried]
    """Runs in which something breaks it, with every rule kept."""
    notices: list[Notice] = field(default_factory=list)
    together: Together | None = None
    candidates: dict[str, None] = field(default_factory=dict)
    leads: list[tuple[Tried, tuple[str, ...], tuple[str, ...]]] = field(default_factory=list)
    """Runs without notice in the last wave: the scenario as it was, what was waived, and what refuses since then."""
    dead_end: Together | None = None
    """Where a rule refuses that can't be switched off."""
    let_through: bool = False
    """Whether something went on that would have been refused, in some run without the rule."""

    def row(self) -> Row:
        seen = tuple(each.scenario.id for each in self.baseline)
        together = self.together or self.dead_end
        shown = None if self.notices else together
        return Row(self.subject, seen, tuple(self.notices), shown, tuple(self.candidates), not self.let_through)

    def hear(self, before: Tried, waived: tuple[str, ...], after: Tried, known: "_Known") -> None:
        """Learn from a run in which nobody kept `waived`, which begins with the rule itself."""
        said, others = after.notice, waived[1:]
        self.let_through |= self.subject.id in after.let_through
        if said is not None and not others:
            here = after.broken.get(said.number, ())
            fresh = [name for name in here if name not in before.broken.get(said.number, ())]
            self.notices.append(replace(said, instead=tuple(name for name in fresh if name in known)))
        elif said is not None:
            self.together = self.together or Together(others, before.scenario.id, said)
        else:
            fresh = [name for name in _fresh(before, after) if name in known and name not in waived]
            self.candidates |= dict.fromkeys(fresh)
            self.leads.append((before, waived, tuple(name for name in fresh if known[name] is None)))
            last = next((name for name in fresh if known[name] is not None), None)
            if last is not None and self.dead_end is None:
                self.dead_end = Together((*others, last), before.scenario.id)

    def next(self) -> Iterator[tuple[Tried, tuple[str, ...]]]:
        """What to try in the next wave."""
        leads, self.leads = self.leads, []
        if self.notices or self.together:
            return
        tried: dict[frozenset[str], int] = {}
        for before, waived, candidates in leads:
            for candidate in candidates:
                rules = (*waived, candidate)
                tried[frozenset(rules)] = times = tried.get(frozenset(rules), 0) + 1
                if times <= _SCENARIOS_EACH and sum(tried.values()) <= _TRIALS_EACH:
                    yield before, rules


_Known = Mapping[str, str | None]
"""The IDs of all rules, with why they can't be switched off if they can't."""


async def ablate(
    wanted: Collection[Subject], known: Collection[Subject], baseline: Sequence[Tried], run: Run
) -> tuple[Row, ...]:
    """A row for each of the `wanted` rules, in their order. `known` are all that may take the place of one, `baseline`
    what came of the scenarios with every rule kept.
    """
    rules: _Known = {each.id: each.essential for each in known}
    cases = [_Case(each, [before for before in baseline if each.id in _broken(before)]) for each in wanted]
    wave: list[tuple[_Case, Tried, tuple[str, ...]]]
    wave = [(case, before, (case.subject.id,)) for case in cases if _can_be_tried(case) for before in case.baseline]
    for _ in range(1 + MOST_OTHERS):
        results = await run([Trial(before.scenario, waived) for _, before, waived in wave]) if wave else ()
        for (case, before, waived), after in zip(wave, results, strict=True):
            case.hear(before, waived, after, rules)
        wave = [(case, *trial) for case in cases for trial in case.next()]
    return tuple(case.row() for case in cases)


def _can_be_tried(case: _Case) -> bool:
    return case.subject.essential is None


def _broken(result: Tried) -> set[str]:
    """The IDs of all that something breaks in a run."""
    return {name for names in result.broken.values() for name in names}


def _fresh(before: Tried, after: Tried) -> tuple[str, ...]:
    """What is noticed to be broken in a step now, and was not in that step before; by step."""
    found = (
        name
        for number in sorted(after.broken)
        for name in after.broken[number]
        if name not in before.broken.get(number, ())
    )
    return tuple(dict.fromkeys(found))
