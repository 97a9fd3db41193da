"""Tries smaller and smaller scenarios."""

from collections.abc import Callable
from dataclasses import field

import trio

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario import NullObserver, Scenario, ScenarioFileError, ScenarioResult, run_scenario
from simulator.scenario.entry import Entry
from simulator.scenario.loading.spelled_out import spelled_out
from simulator.scenario.running.context import Context
from simulator.scenario.running.step_run import Verdict, run_entry
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


def with_drawn(data: Data) -> tuple[Data, Cause | None]:
    """The data with what its steps draw at random in their place, as far as that fails alone too; and how it fails."""
    result, context = trio.run(_run, scenario(data))
    number = next((number for number, step in enumerate(result.steps) if step in result.failures), None)
    drawn = (
        [] if context is None or number is None else [each.item for each in context.drawn if each.step == number + 1]
    )
    if number is None or not drawn:
        return data, cause(result)
    written = {**data, "steps": [*data["steps"][:number], *map(dict, drawn)]}
    found = failure(written)
    return (data, cause(result)) if found is None else (written, found)


async def _run(wanted: Scenario) -> tuple[ScenarioResult, Context | None]:
    """What came of it, and what its steps acted through."""
    used: list[Context] = []

    async def perform(entry: Entry, context: Context) -> Verdict:
        used[:] = [context]
        return await run_entry(entry, context)

    result = await run_scenario(wanted, None, NullObserver(), perform=perform)
    return result, used[0] if used else None


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
            self._cut_expectations()
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

    def _cut_expectations(self) -> None:
        """What is looked at after each step takes longer than the steps."""
        for candidate in cuts.of_expectations(self.data):
            if self._try(candidate):
                self._cut_expectations()
                return

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
    data, found = with_drawn(spelled_out(wanted, seed))
    if found is None:
        raise SimulatorError(f"{wanted.id} with seed {seed} does not fail: there is nothing to shrink")
    shrinker = Shrinker(data, found, budget=budget)
    smallest = shrinker.shrink()
    described = f"Fails as {wanted.id} with seed {seed} does, made as small as it could be: {found}."
    text = for_people({**smallest, "name": f"Smaller than {wanted.content.name}", "description": described})
    return Shrunk(text, found, (len(data["steps"]), len(smallest["steps"])), budget - shrinker.budget)


def _size(data: Data) -> int:
    return len(str(data))
