"""Tries smaller and smaller scenarios."""

from collections.abc import Callable
from dataclasses import field

import trio

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, Scenario, ScenarioFileError, run_scenario
from simulator.scenario.loading.spelled_out import spelled_out
from simulator.sweep.causes import Cause, cause
from simulator.sweep.shrinking import cuts
from simulator.sweep.shrinking.candidate import Data, meaningful, scenario
from simulator.sweep.shrinking.scenario_text import for_people

BUDGET = 200
"""How many smaller scenarios are run, if nothing else is said."""
_SEEDS = (1, 2, 3)

Judge = Callable[[Data], Cause | None]


def failure(data: Data) -> Cause | None:
    """How a scenario fails; None if it passes, or is no scenario."""
    try:
        wanted = scenario(data)
    except ScenarioFileError:
        return None
    return cause(trio.run(run_scenario, wanted, None, NullObserver()))


@dataclass(slots=True)
class Shrinker:
    """Cuts something out, again and again, until nothing can go any more or `budget` runs are spent."""

    data: Data
    wanted: Cause
    """How it fails."""
    judge: Judge = failure
    budget: int = BUDGET
    _tried: set[str] = field(default_factory=set)

    def shrink(self) -> Data:
        """The smallest that was found."""
        size = 0
        while size != (size := _size(self.data)) and self.budget > 0:
            self._cut_steps()
            self._cut_rest()
            any(self._try({**self.data, "seed": seed}) for seed in _SEEDS if seed < self.data.get("seed", 1))
        return self.data

    def _cut_steps(self) -> None:
        """Half of them in a row, a quarter and so on. After each that can go, what is left is looked at anew."""
        width = max(1, len(self.data["steps"]) // 2)
        while width:
            while any(map(self._try, cuts.of_steps(self.data, width))):
                pass
            width //= 2

    def _cut_rest(self) -> None:
        while any(map(self._try, cuts.of_the_rest(self.data))):
            pass

    def _try(self, candidate: Data) -> bool:
        """Go on with this one if it fails alike."""
        smaller = meaningful(candidate) if self.budget > 0 else None
        if smaller is None or smaller == self.data or (words := str(smaller)) in self._tried:
            return False
        self.budget -= 1
        self._tried.add(words)
        if self.judge(smaller) != self.wanted:
            return False
        self.data = smaller
        return True


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A smaller scenario that fails as a larger one does."""

    text: str
    """Its file."""
    cause: Cause
    steps: tuple[int, int]
    """How many there were, and are."""
    runs: int


def shrink(wanted: Scenario, seed: int, budget: int = BUDGET) -> Shrunk:
    """Make a failing run's scenario, seed and faults as small as `budget` runs can.

    Raises SimulatorError where it does not fail, or can't be written as one file.
    """
    data = spelled_out(wanted, seed)
    found = failure(data)
    if found is None:
        raise SimulatorError(f"{wanted.id} with seed {seed} does not fail: there is nothing to shrink")
    shrinker = Shrinker(data, found, budget=budget)
    smallest = shrinker.shrink()
    described = f"Fails as {wanted.id} with seed {seed} does, made as small as it could be: {found}."
    text = for_people({**smallest, "name": f"Smaller than {wanted.content.name}", "description": described})
    return Shrunk(text, found, (len(data["steps"]), len(smallest["steps"])), budget - shrinker.budget)


def _size(data: Data) -> int:
    return len(str(data))
