"""By what two sweeps are the same: the same runs of the same inputs, by the same simulator."""

from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.own_version import own_version
from simulator.sweep.columns import Column, columns
from simulator.sweep.engines.sent_modules import SentModule
from simulator.sweep.engines.versions import versions
from simulator.sweep.plan import Plan
from simulator.sweep.settings import DRAFT


@dataclass(frozen=True, slots=True)
class Identity:
    """What the file beside a sweep's runs says."""

    experiment: str
    """What it finds out."""
    description: str
    runs: int
    """How many, if none is left out on the way; 0 where nobody knows."""
    plan: str
    """Digest of axes, values and rules to stop by."""
    inputs: Mapping[str, str]
    """Digest of what each thing that is run says, by its name: of a scenario's content, of code."""
    simulator: str
    """Its version."""
    columns: tuple[Column, ...]
    repeat: str = ""
    """The command that goes on with it."""

    @classmethod
    def of_json(cls, found: Mapping[str, Any]) -> "Identity":
        """Raises KeyError, TypeError and ValueError for what is none."""
        read = cls(**{**found, "columns": tuple(Column(**each) for each in found["columns"])})
        if type(read.runs) is not int or read.runs < 0:
            raise ValueError(f"it has {read.runs!r} runs")
        return read

    def check_same(self, other: "Identity", folder: Path) -> None:
        """Raises SimulatorError, with what differs, where `other` is not the sweep whose folder this is."""
        whys = {
            f'its experiment is "{self.experiment}"': self.experiment == other.experiment,
            "its axes, values or stop rule are others": self.plan == other.plan,
            f"its inputs are not as they were then ({self._changed(other)})": self.inputs == other.inputs,
            f"it is of simulator {self.simulator}, this is {other.simulator}": self.simulator == other.simulator,
        }
        why = next((why for why, holds in whys.items() if not holds), None)
        if why is not None:
            raise SimulatorError(f"{folder} has the results of another sweep: {why}; name another folder")

    def _changed(self, other: "Identity") -> str:
        names = [name for name, digest in other.inputs.items() if self.inputs.get(name) != digest]
        return ", ".join(names[:3]) or "fewer"


def identity(plan: Plan, repeat: str = "") -> Identity:
    """That of a plan; `repeat` is the command that does it. Raises SimulatorError for two columns of one name."""
    experiment = plan.experiment
    axes = [sorted(each.axes.items()) for each in plan.settings.found]
    said = (
        axes,
        experiment.seeds,
        experiment.repetitions,
        experiment.stop,
        experiment.explore,
        repr(sorted(_values(plan).items())),
    )
    scenarios: dict[str, str] = {}
    for each in plan.settings.found:
        name = f"{each.scenario.id} in {each.axes[DRAFT]}"
        if name not in scenarios:  # without a rule it is the same, and axes say which
            scenarios[name] = digest(each.scenario.content)
    if plan.over is not None:
        scenarios[plan.over.as_posix()] = digest(plan.over.read_bytes())
    return Identity(
        experiment=experiment.experiment,
        description=experiment.description,
        runs=len(plan),
        plan=digest(said),
        inputs={**code(), **scenarios},
        simulator=own_version(),
        columns=columns(plan),
        repeat=repeat,
    )


def code() -> dict[str, str]:
    """Digests of what decides how things run: the simulator's source, and drafts that are given by path."""
    drafts = (SentModule.at(path) for path in registry.paths())
    return {"the simulator's source": versions().source, **{each.path: each.digest for each in drafts}}


def _values(plan: Plan) -> dict[str, Any]:
    return {name: each for setting in plan.settings.found for name, each in setting.values.items()}


def digest(value: object) -> str:
    """Of what a value is written as: hexadecimal."""
    return sha256(repr(value).encode("utf-8", "surrogatepass")).hexdigest()
