"""What an experiment comes to: its runs, in the order in which they are done."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.loading.substitution import Plain
from simulator.sweep.engines import Task
from simulator.sweep.experiment import Experiment, Stop
from simulator.sweep.one_run import RunRequest
from simulator.sweep.settings import Setting, Settings, settings

_KEY = 20
"""How many hexadecimal digits a key has: 80 bits, of which two runs in 10^9 are alike once in 10^6 sweeps."""
_RUN = "simulator.sweep.one_run:measured"


@dataclass(frozen=True, slots=True)
class Run:
    """A setting with one seed, once."""

    setting: Setting
    seed: int
    repetition: int = 1

    @property
    def key(self) -> str:
        """By which it is known again: it follows from its axes alone."""
        axes = sorted((name, type(value).__name__, str(value)) for name, value in self.setting.axes.items())
        return sha256(repr((axes, self.seed, self.repetition)).encode()).hexdigest()[:_KEY]

    @property
    def axes(self) -> Mapping[str, Plain]:
        """The setting's, with seed and repetition."""
        return {**self.setting.axes, "seed": self.seed, "repetition": self.repetition}

    @property
    def task(self) -> Task:
        """The scenario with its seed, and what is measured at its end."""
        return Task(self.key, _RUN, RunRequest(self.setting.scenario, self.seed, self.setting.values))

    @property
    def repeat(self) -> tuple[str, ...]:
        """The words behind `mimi-sim` that do it again."""
        return (*self.setting.repeat, "--seed", str(self.seed))


@dataclass(frozen=True, slots=True)
class Plan:
    """An experiment with all settings of it."""

    experiment: Experiment
    settings: Settings
    over: Path | None = None
    """The file with a topology that is laid over each scenario's."""

    def __len__(self) -> int:
        """How many runs there are, if none is left out on the way."""
        return len(self.settings.found) * (len(self.experiment.seeds) or 1) * self.experiment.repetitions

    @property
    def stop(self) -> Stop | None:
        """As the experiment says."""
        return self.experiment.stop

    def keep(self, value: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
        """All of it: nothing is too large for a row."""
        return value

    def runs(self) -> Iterator[Run]:
        """All settings with the first seed, then all with the next: whatever has ended says something of each setting,
        and where a sweep ends early, it has been fair.
        """
        for repetition in range(1, self.experiment.repetitions + 1):
            for seed in self.experiment.seeds or (None,):
                for setting in self.settings.found:
                    own = setting.scenario.content.seed if seed is None else seed
                    yield Run(setting, own, repetition)


def plan(experiment: Experiment, over: Path | None = None) -> Plan:
    """Its runs, with the topology in the file `over` laid over each scenario's. Raises ScenarioFileError where its
    scenarios can't be run so.
    """
    return Plan(experiment, settings(experiment, over), over)
