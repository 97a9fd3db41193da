"""What can be run next."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario import Scenario
from simulator.scenario.loading.substitution import Plain
from simulator.sweep.settings import Setting
from simulator.sweep.shrinking.candidate import Data, scenario
from simulator.sweep.shrinking.scenario_text import for_people

RANDOM = "random_operations"
"""The keyword of the step that others can be drawn from."""
FOLDER = "explored"
"""Where the files of scenarios are, in the folder of the results."""
_KEY = 20
"""How many hexadecimal digits a key has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A setting with a seed: its scenario, or one that begins as a run of it did and goes on otherwise."""

    setting: Setting
    seed: int
    data: Data | None = None
    """The other scenario, spelled out."""
    folder: str = FOLDER
    """Where its file is, if it has one."""
    repetition: int = 1

    @property
    def key(self) -> str:
        """By which it is known again."""
        said = (sorted(map(repr, self.setting.axes.items())), self.seed, self.text)
        return sha256(repr(said).encode()).hexdigest()[:_KEY]

    @property
    def axes(self) -> Mapping[str, Plain]:
        """The setting's, with seed and repetition."""
        return {**self.setting.axes, "seed": self.seed, "repetition": self.repetition}

    @property
    def text(self) -> str:
        """The file of the other scenario; nothing where it is the setting's own."""
        return "" if self.data is None else for_people(self.data)

    @property
    def file(self) -> str:
        """Where that is."""
        return f"{self.folder}/{self.key}.yaml"

    @property
    def repeat(self) -> tuple[str, ...]:
        """The words behind `mimi-sim` that do it again."""
        own = self.setting.repeat if self.data is None else ("run", self.file)
        return (*own, "--seed", str(self.seed))

    def scenario(self) -> Scenario:
        """What is run."""
        return self.setting.scenario if self.data is None else scenario(self.data, self.file)


def continued(data: Data, number: int, drawn: Iterable[Mapping[str, Any]]) -> Data | None:
    """A spelled-out scenario whose step of this number (from 1) draws at random: what it has drawn as steps, and then
    the step again; what comes after it stays out. None where the step draws nothing.
    """
    steps = data["steps"]
    if not 0 < number <= len(steps) or RANDOM not in steps[number - 1]:
        return None
    return {**data, "steps": [*steps[: number - 1], *map(dict, drawn), steps[number - 1]]}
