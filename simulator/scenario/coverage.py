"""Which of a draft's requirements scenarios claim to cover, and which are seen when they run."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace

from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.drafts.registry import usual
from simulator.rules import Requirement, Rule
from simulator.scenario.claims import Claim, Verdict, claims, file_of, verdict, worst
from simulator.scenario.demands import demands
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.report import Result, ScenarioResult


@dataclass(frozen=True, slots=True)
class Row:
    """One requirement, who claims to show it, and where it was seen."""

    requirement: Requirement
    claims: Mapping[Claim, Verdict | None] = field(default_factory=dict)
    """What the runs say of each; None where none was run."""
    seen: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """By file of the scenario: the lines of the steps in which it was seen, claimed or not."""
    own: bool = True
    """Whether the draft lists it; else it is a rule of no draft, such as those of RFC 9420."""
    expected: bool = True
    """Whether it is for the scenarios in this draft to show, or to have a reason. Rules of no draft are so in the
    simulator's own drafts, if they can be switched off: whoever brings another draft need not show them again."""

    @property
    def result(self) -> Verdict | None:
        """The worst of its claims."""
        return worst(self.claims.values())

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The files that claim it, without suffix."""
        return tuple(dict.fromkeys(claim.file for claim in self.claims))

    @property
    def is_unclaimed(self) -> bool:
        """Whether there is neither a claim nor a reason why there is none."""
        return not self.claims and self.requirement.reason is None

    @property
    def is_hole(self) -> bool:
        """Whether that is for the draft's scenarios to mend."""
        return self.is_unclaimed and self.expected

    @property
    def claimed_by(self) -> str:
        """The places; else the reason; else that nothing does."""
        places = dict.fromkeys(map(str, self.claims))
        return ", ".join(places) or self.requirement.reason or "NOTHING"

    @property
    def seen_in(self) -> str:
        """In how many steps, of which scenarios; nothing where it was not seen."""
        if not self.seen:
            return ""
        first = next((file for file in self.seen if file in self.scenarios), next(iter(self.seen)))
        shown = f"{first}:{','.join(map(str, self.seen[first]))}"
        others = len(self.seen) - 1
        return f"{shown} and {others} more" if others else shown


@dataclass(frozen=True, slots=True)
class Coverage:
    """All requirements of a draft, in its order, and behind them the rules of no draft."""

    draft: str
    rows: tuple[Row, ...]
    ran: bool = False
    """Whether anything was run."""

    @property
    def holes(self) -> tuple[Row, ...]:
        """What neither a scenario nor a reason stands for."""
        return tuple(row for row in self.rows if row.is_hole)

    @property
    def not_shown(self) -> tuple[Row, ...]:
        """What is claimed, and not seen where it is."""
        return tuple(row for row in self.rows if row.result is Verdict.not_seen)

    @property
    def summary(self) -> str:
        """How many requirements there are, how many of each sort, and which are holes; and if anything was run, what
        came of those claimed, and which claims nothing shows.
        """
        own, others = ([row for row in self.rows if row.own is whose] for whose in (True, False))
        said = [f"{_sorts(own, f'requirements of {self.draft}')}, {len(self.holes)} holes"]
        said += [f"  {row.requirement.id}" for row in self.holes]
        if others:
            unclaimed = sum(row.is_unclaimed for row in others)
            said.append(f"{_sorts(others, 'rules of no draft')}, {unclaimed} unclaimed")
        if self.ran:
            said.append(f"of those claimed: {_counts([row for row in self.rows if row.claims])}")
        return "\n".join((*said, *self._not_seen()))

    def _not_seen(self) -> Iterable[str]:
        for row in self.not_shown:
            for claim, said in row.claims.items():
                if said is Verdict.not_seen:
                    yield f"  {claim}: claims {claim.name}, which is not seen there"


def _sorts(rows: Sequence[Row], what: str) -> str:
    claimed = sum(bool(row.claims) for row in rows)
    excused = sum(not row.claims and row.requirement.reason is not None for row in rows)
    return f"{len(rows)} {what}: {claimed} claimed, {excused} with a reason"


def _counts(rows: Sequence[Row]) -> str:
    """How many have which result."""
    counts = {kind.value: sum(row.result is kind for row in rows) for kind in Verdict}
    counts["not run"] = sum(row.result is None for row in rows)
    return ", ".join(f"{count} {word}" for word, count in counts.items() if count) or "none"


def coverage(draft: Draft, scenarios: Iterable[Scenario], results: Iterable[ScenarioResult] = ()) -> Coverage:
    """What the scenarios that speak `draft` claim, and what those show that were run: the same file in another draft
    says nothing about this one.
    """
    ran = tuple(result for result in results if result.scenario.topology.draft == draft.name)
    by_file: dict[str, list[ScenarioResult]] = {}
    for result in ran:
        by_file.setdefault(file_of(result.scenario), []).append(result)
    demanded = demands(draft)
    found: dict[str, dict[Claim, Verdict | None]] = {}
    for scenario in scenarios:
        if scenario.topology.draft == draft.name:
            for claim in claims(scenario):
                said = verdict(claim, by_file.get(claim.file, ()))
                found.setdefault(demanded.whole(claim.name), {})[claim] = said
    seen = _seen(ran)
    own = {each.id for each in draft.requirements}
    rows = (
        Row(
            _explained(each, draft),
            found.get(each.id, {}),
            seen.get(each.id, {}),
            each.id in own,
            each.id in own or _is_expected(demanded.rules.get(each.id, ()), draft),
        )
        for each in demanded.requirements
    )
    return Coverage(draft.name, tuple(rows), bool(ran))


def _is_expected(rules: Iterable[Rule], draft: Draft) -> bool:
    """Whether one of these rules of no draft can be switched off, and no reason says why that is not noticed."""
    return draft in usual() and any(rule.essential is None and rule.id not in draft.unshown for rule in rules)


def _explained(requirement: Requirement, draft: Draft) -> Requirement:
    """With the reason that the draft has for what nobody can break."""
    return replace(requirement, reason=requirement.reason or draft.unshown.get(requirement.id))


def _seen(results: Iterable[ScenarioResult]) -> dict[str, dict[str, tuple[int, ...]]]:
    """By ID and file: the lines of the steps in which it was seen."""
    found: dict[str, dict[str, tuple[int, ...]]] = {}
    for result in results:
        file = file_of(result.scenario)
        for step in result.steps:
            for name in step.seen if step.result is Result.passed else ():
                lines = found.setdefault(name, {}).get(file, ())
                found[name][file] = tuple(sorted({*lines, step.line}))
    return found
