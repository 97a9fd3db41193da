"""Delta debugging: from a scenario that fails to the smallest one we find that fails in the same way."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import trio

from simulator.scenario import NullObserver, Result, ScenarioFileError, run_scenario
from tests.randomised.scenario_files import CHECKS, scenario

Data = dict[str, Any]
"""A scenario file."""


def failure(data: Data) -> str | None:
    """How a scenario fails, in words that are the same for the same mistake; None if it passes, or is no scenario."""
    try:
        wanted = scenario(data)
    except ScenarioFileError:
        return None  # something in it is about somebody who was left out
    result = trio.run(run_scenario, wanted, None, NullObserver())
    culprit = next((step for step in result.steps if step.result in (Result.failed, Result.fault)), None)
    if culprit is None:
        return None
    return culprit.mismatches[0].expected if culprit.mismatches else culprit.message.partition(":")[0]


@dataclass(slots=True)
class Shrinker:
    """Tries smaller scenarios until `budget` runs are spent."""

    data: Data
    wanted: str
    """What `failure` says of it."""
    judge: Callable[[Data], str | None] = failure
    budget: int = 200
    _tried: set[str] = field(default_factory=set)

    def shrink(self) -> Data:
        """The smallest that was found."""
        self._try({**self.data, "steps": [_without_checks(step) for step in self.data["steps"][:-1]] + [self._last()]})
        size = 0
        while size != (size := _size(self.data)) and self.budget > 0:
            self._shrink_steps()
            self._shrink_topology()
            self._shrink_lists()
            self._shrink_expectations()
        return self.data

    def _last(self) -> Any:
        return self.data["steps"][-1]

    def _try(self, candidate: Data) -> bool:
        """Go on with this one if it fails alike."""
        words = str(candidate)
        if self.budget <= 0 or candidate == self.data or words in self._tried:
            return False
        self.budget -= 1
        self._tried.add(words)
        if self.judge(candidate) != self.wanted:
            return False
        self.data = candidate
        return True

    def _shrink_steps(self) -> None:
        """Leave out the last half, a quarter and so on, from the end: what came first is what the rest needs."""
        width = max(1, len(self.data["steps"]) // 2)
        while True:
            end = len(self.data["steps"]) - 1  # the last one stays: it is where the failure shows
            while end > 0:
                start = max(0, end - width)
                steps = self.data["steps"]
                self._try({**self.data, "steps": _usable([*steps[:start], *steps[end:]])})
                end = min(start, len(self.data["steps"]) - 1)
            if width == 1:
                return
            width //= 2

    def _shrink_lists(self) -> None:
        """Leave out one of several users, clients, operations, faults."""
        for number in range(len(self.data["steps"])):
            for smaller in _smaller_lists(self.data["steps"][number]):
                steps = list(self.data["steps"])
                steps[number] = smaller
                if self._try({**self.data, "steps": _usable(steps)}):
                    break

    def _shrink_topology(self) -> None:
        """Leave out clients, users and providers. Who is named in a step stays: the file would not be read."""
        providers: dict[str, dict[str, Any]] = self.data["topology"]["providers"]
        for name in list(providers):
            fewer = deepcopy(self.data)
            del fewer["topology"]["providers"][name]
            if self._try(fewer):
                continue
            for user, devices in list(self.data["topology"]["providers"][name]["users"].items()):
                fewer = deepcopy(self.data)
                del fewer["topology"]["providers"][name]["users"][user]
                if self._try(fewer):
                    continue
                for device in devices[1:]:
                    fewer = deepcopy(self.data)
                    fewer["topology"]["providers"][name]["users"][user].remove(device)
                    self._try(fewer)

    def _shrink_expectations(self) -> None:
        """Leave out what is said about steps: of all at once, else of one after the other."""
        self._try({**self.data, "steps": [*map(_bare, self.data["steps"][:-1]), self._last()]})
        for number, step in enumerate(self.data["steps"]):
            for word in tuple(step.get("expect", ())):
                steps = deepcopy(self.data["steps"])
                del steps[number]["expect"][word]
                if not steps[number]["expect"]:
                    del steps[number]["expect"]
                self._try({**self.data, "steps": steps})


def _without_checks(step: Any) -> Data:
    expect = {word: value for word, value in step["expect"].items() if word not in CHECKS}
    return {**step, "expect": expect}


def _bare(step: Data) -> Data:
    return {word: value for word, value in step.items() if word != "expect"}


def _usable(steps: Sequence[Data]) -> list[Data]:
    """Without the steps that are about what no step makes any more."""
    known: set[str] = set()
    kept = []
    for step in steps:
        usable = _cut(step, known)
        if usable is not None:
            kept.append(usable)
            if "as" in step:
                known.add(step["as"])
    return kept


def _cut(step: Data, known: set[str]) -> Data | None:
    for word, value in step.items():
        if word == "race":
            operations = [each for each in value if _cut(each, known) is not None]
            return _race(step, operations) if operations else None
        if word == "repair" and value:
            left = [name for name in value if name in known]
            return {**step, "repair": left} if left else None
        if isinstance(value, dict) and word != "expect" and value.get("group", None) not in (None, *known):
            return None
    return step


def _race(step: Data, operations: list[Data]) -> Data:
    """What is left of a race: one operation alone is itself."""
    return {**step, "race": operations} if len(operations) > 1 else operations[0]


def _smaller_lists(step: Data) -> Iterator[Data]:
    for word, value in step.items():
        if word in ("expect", "as", "note"):
            continue
        for lessened in _lessened(value):
            yield _race(step, lessened) if word == "race" else {**step, word: lessened}
        if isinstance(value, dict):
            for name, inner in value.items():
                for lessened in _lessened(inner):
                    yield {**step, word: {**value, name: lessened}}


def _lessened(value: Any) -> Iterable[list[Any]]:
    if isinstance(value, list) and len(value) > 1:
        for left_out in range(len(value)):
            yield [item for number, item in enumerate(value) if number != left_out]


def _size(data: Data) -> int:
    return len(str(data))
