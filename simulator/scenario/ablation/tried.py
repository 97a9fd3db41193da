"""What ablation needs to know of a run: little, so that it can be kept and be asked for again."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.ablation.rows import Notice, notice
from simulator.scenario.loading.loader import Scenario
from simulator.scenario.report import ScenarioResult


@dataclass(frozen=True, slots=True)
class Tried:
    """A scenario that was run while nobody kept some rules, or while all were kept."""

    scenario: Scenario
    """As it was before any rule was taken away."""
    notice: Notice | None
    """Where it first is not as it should be; None where it is."""
    broken: Mapping[int, tuple[str, ...]]
    """The IDs of the rules that were noticed to be broken, by number of the step."""
    let_through: tuple[str, ...]
    """The IDs of the rules by which something would have been refused, had they been kept."""

    @classmethod
    def of(cls, scenario: Scenario, result: ScenarioResult) -> "Tried":
        """Raises MachineFailure where this machine could not run it."""
        return cls(scenario, notice(result), result.broken, result.let_through)

    def to_json(self) -> dict[str, Any]:
        """All but the scenario."""
        broken = {str(number): list(names) for number, names in self.broken.items()}
        said = None if self.notice is None else asdict(self.notice)
        return {"notice": said, "broken": broken, "let_through": list(self.let_through)}

    @classmethod
    def of_json(cls, scenario: Scenario, found: Mapping[str, Any]) -> "Tried":
        """Raises KeyError, TypeError, ValueError and AttributeError for what is none."""
        said = found["notice"]
        noticed = None if said is None else Notice(**{**said, "instead": tuple(said["instead"])})
        broken = {int(number): tuple(names) for number, names in found["broken"].items()}
        return cls(scenario, noticed, broken, tuple(found["let_through"]))
