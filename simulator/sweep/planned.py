"""What a sweep needs to know of its plan, whatever it runs: scenarios with all their axes, or cases of fuzzing."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Protocol

from simulator.sweep.engines import Task
from simulator.sweep.experiment import Stop
from simulator.sweep.rows import Known


class PlannedRun(Known, Protocol):
    """A run, before it is done and as its row tells of it."""

    @property
    def task(self) -> Task:
        """What an engine runs; its value has the run's measures by column, the verdict among them."""
        ...


class Planned(Protocol):
    """All runs, in the order in which they are done."""

    def __len__(self) -> int:
        """How many there are, if none is left out on the way."""
        ...

    def runs(self) -> Iterator[PlannedRun]:
        """Each of them."""
        ...

    @property
    def stop(self) -> Stop | None:
        """When it ends early; when all has been run if None."""
        ...

    def keep(self, value: Mapping[str, Any], folder: Path) -> Mapping[str, Any]:
        """What a row has of a task's value; what is too large for a row is written into the folder of the results.
        Raises SimulatorError where that can't be done.
        """
        ...
