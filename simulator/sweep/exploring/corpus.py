"""The runs that reached something new, and what comes next."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario.loading.spelled_out import spelled_out
from simulator.sweep.exploring.candidates import FOLDER, Candidate, continued
from simulator.sweep.settings import Setting
from simulator.sweep.shrinking.candidate import Data

_FRESH = 0.3
"""How often a run begins from nothing although there is something to go on from."""
_LATEST = 16
"""So many of those that were new last are gone on from: the others have been."""
_LONGEST = 300
"""Steps that something to go on from has at most."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A setting in which something new was reached; where its operations were drawn, the way to it."""

    setting: Setting
    data: Data | None = None


class Corpus:
    """Draws candidates, and learns from what came of them."""

    def __init__(self, settings: Sequence[Setting], random: Random, folder: str = FOLDER) -> None:
        self._settings = settings
        self._random = random
        self._folder = folder
        self.known: set[str] = set()
        """All that was reached."""
        self.entries: list[Entry] = []

    def next(self, seed: int) -> Candidate:
        """From nothing, or from where something new was reached: another setting that differs in one axis, or other
        operations from there on.
        """
        if not self.entries or self._random.random() < _FRESH:
            return Candidate(self._random.choice(self._settings), seed, folder=self._folder)
        entry = self._random.choice(self.entries[-_LATEST:])
        if entry.data is not None:
            return Candidate(entry.setting, seed, {**entry.data, "seed": seed}, self._folder)
        return Candidate(self._random.choice(self._beside(entry.setting)), seed, folder=self._folder)

    def learn(self, candidate: Candidate, passed: bool, reached: Mapping[str, int], drawn: Sequence[Any]) -> list[str]:
        """What is new of what was `reached` (with the number of the event in which it was), in order. `drawn` are the
        operations that were drawn: step, operation, and the number of the last event before each.
        """
        new = [word for word in reached if word not in self.known]
        self.known.update(new)
        if new and passed:
            latest = max(reached[word] for word in new)
            self.entries.append(Entry(candidate.setting, self._way(candidate, latest, drawn)))
        return new

    def _way(self, candidate: Candidate, latest: int, drawn: Sequence[Any]) -> Data | None:
        before = [(step, item) for step, item, after in drawn if after < latest]
        if not before:
            return candidate.data
        try:
            data = candidate.data or spelled_out(candidate.setting.scenario, candidate.seed)
        except SimulatorError:
            return None  # it can't be written as a file, and is run from nothing only
        number = before[-1][0]
        way = continued(data, number, [item for step, item in before if step == number])
        return way if way is not None and len(way["steps"]) <= _LONGEST else candidate.data

    def _beside(self, setting: Setting) -> list[Setting]:
        """The settings that differ in one axis; all where none does."""
        beside = [each for each in self._settings if len(set(each.axes.items()) - set(setting.axes.items())) == 1]
        return beside or list(self._settings)
