"""Which rules refused something, how often, and how that has changed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from simulator.dataclass import dataclass

_IDS = re.compile(r"(?P<told>[^\[\]]*) \[(?P<ids>[A-Z0-9][A-Za-z0-9./ -]*)\](?=, |$)")
_CODE = re.compile(r"\bRefused( [0-9]+)?( \S+)? (?P<code>\w+)$")


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule that refused more often, or less."""

    rule: str
    before: int
    after: int
    scenarios: tuple[str, ...]
    """Where that is so."""
    codes: tuple[str, str] = ("", "")
    """What it is refused with before and after, where it is as often with another code."""

    def __str__(self) -> str:
        where = self.scenarios[0] if len(self.scenarios) == 1 else f"{len(self.scenarios)} scenarios"
        if any(self.codes):
            return f"{self.rule} refuses with {self.codes[1]} now, not {self.codes[0]}: {self.after}, in {where}"
        if not self.after:
            return f"{self.rule} refuses nothing any more: {self.before} before, in {where}"
        return f"{self.rule}: {self.before} -> {self.after} refusals, in {where}"


def refusals_in(noticed: str) -> tuple[tuple[str, str], ...]:
    """The IDs of the rules that notices of a canonical run name, each with the code that was refused with, where one
    was. Several notices may stand behind each other, between commas.
    """
    return tuple((rule, _code(found["told"])) for found in _IDS.finditer(noticed) for rule in found["ids"].split())


def _code(told: str) -> str:
    found = _CODE.search(told)
    return found["code"] if found else ""


Notices = Mapping[str, Mapping[str, Iterable[str]]]
"""What was noticed, by scenario and step."""


def not_reached(old: Notices, new: Notices) -> frozenset[str]:
    """The steps, by scenario and label, that are in only one of two runs of a scenario."""
    return frozenset(
        f"{scenario} {step}"
        for scenario in {*old, *new}
        for step in {*old.get(scenario, ())} ^ {*new.get(scenario, ())}
    )


def verdict_changes(old: Notices, new: Notices) -> tuple[VerdictChange, ...]:
    """What has changed in the steps that both runs have reached. Who refuses nothing any more comes first, then who
    refuses with another code.
    """
    counts: dict[str, dict[str, tuple[Counter[str], Counter[str]]]] = {}
    for side, scenarios in enumerate((old, new)):
        for scenario, steps in scenarios.items():
            for step, notices in steps.items():
                if step in old.get(scenario, ()) and step in new.get(scenario, ()):
                    for rule, code in (each for notice in notices for each in refusals_in(notice)):
                        sides = counts.setdefault(rule, {}).setdefault(scenario, (Counter(), Counter()))
                        sides[side][code] += 1
    found = [change for rule, sides in counts.items() for change in _changes(rule, sides)]
    return tuple(sorted(found, key=lambda each: (each.after > 0, not each.codes[0], -len(each.scenarios), each.rule)))


def _changes(rule: str, sides: Mapping[str, tuple[Counter[str], Counter[str]]]) -> Iterator[VerdictChange]:
    """How often it refuses, if that differs somewhere, and with which codes, where it is as often."""
    before, after = (sum(both[side].total() for both in sides.values()) for side in (0, 1))
    often = tuple(scenario for scenario, (old, new) in sides.items() if old.total() != new.total())
    if often:
        yield VerdictChange(rule, before, after, often)
    by_codes: dict[tuple[str, str], dict[str, int]] = {}
    for scenario, (old, new) in sides.items():
        if old.total() == new.total() and old != new:
            codes = (", ".join(sorted(old - new)), ", ".join(sorted(new - old)))
            by_codes.setdefault(codes, {})[scenario] = (new - old).total()
    for codes, scenarios in by_codes.items():
        times = sum(scenarios.values())
        yield VerdictChange(rule, times, times, tuple(scenarios), codes)
