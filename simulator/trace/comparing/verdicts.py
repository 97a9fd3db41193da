"""Which rules refused something, how often, and how that has changed."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_IDS = re.compile(r"\[([A-Z0-9][A-Za-z0-9./ -]*)\]$")


@dataclass(frozen=True, slots=True)
class VerdictChange:
    """A rule that refused more often, or less."""

    rule: str
    before: int
    after: int
    scenarios: tuple[str, ...]
    """Where that is so."""

    def __str__(self) -> str:
        where = self.scenarios[0] if len(self.scenarios) == 1 else f"{len(self.scenarios)} scenarios"
        if not self.after:
            return f"{self.rule} refuses nothing any more: {self.before} before, in {where}"
        return f"{self.rule}: {self.before} -> {self.after} refusals, in {where}"


def rules_in(noticed: str) -> tuple[str, ...]:
    """The IDs of the rules that a notice of a canonical run names."""
    found = _IDS.search(noticed)
    return tuple(found[1].split()) if found else ()


Notices = Mapping[str, Mapping[str, Iterable[str]]]
"""What was noticed, by scenario and step."""


def verdict_changes(old: Notices, new: Notices) -> tuple[VerdictChange, ...]:
    """What has changed in the steps that both runs have reached. Who refuses nothing any more comes first."""
    counts: dict[str, dict[str, list[int]]] = {}
    for side, scenarios in enumerate((old, new)):
        for scenario, steps in scenarios.items():
            for step, notices in steps.items():
                if step in old.get(scenario, ()) and step in new.get(scenario, ()):
                    for rule in (rule for notice in notices for rule in rules_in(notice)):
                        counts.setdefault(rule, {}).setdefault(scenario, [0, 0])[side] += 1
    found = []
    for rule, by_scenario in counts.items():
        other = tuple(scenario for scenario, (before, after) in by_scenario.items() if before != after)
        before, after = (sum(each[side] for each in by_scenario.values()) for side in (0, 1))
        if other:
            found.append(VerdictChange(rule, before, after, other))
    return tuple(sorted(found, key=lambda each: (each.after > 0, -len(each.scenarios), each.rule)))
