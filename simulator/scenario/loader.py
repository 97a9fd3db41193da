"""From paths on a command line to scenarios that can be run, or to all that is wrong with their files."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from simulator.drafts import DRAFTS
from simulator.errors import SimulatorError, hint
from simulator.scenario.entry import Entry
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.names import Names
from simulator.scenario.problems import Problem, Problems, ScenarioFileError
from simulator.scenario.reader import Reader
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.steps import STEPS
from simulator.scenario.topology import Topology
from simulator.scenario.tree import Mapping, parse

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that can be run. `id` tells it from all others of the same run: its path without suffix."""

    id: str
    file: str
    content: ScenarioFile

    @property
    def topology(self) -> Topology:
        """Who takes part."""
        return self.content.topology

    @property
    def steps(self) -> tuple[Entry, ...]:
        """What happens."""
        return self.content.steps


def load(paths: Iterable[Path]) -> tuple[Scenario, ...]:
    """The scenarios in files and folders (all YAML files below), in the order of the paths, each file once.

    Raises ScenarioFileError with every problem of every file, and SimulatorError for a path where nothing is.
    """
    problems: list[Problem] = []
    scenarios: dict[Path, Scenario] = {}
    for root in paths:
        for file in _files(root):
            real = Path(os.path.realpath(file))  # Path.resolve breaks on links that lead in a circle
            if real in scenarios:
                continue
            try:
                scenarios[real] = load_file(file)
            except ScenarioFileError as error:
                problems += error.problems
    if problems:
        raise ScenarioFileError(tuple(problems))
    return tuple(scenarios.values())


def load_file(file: Path) -> Scenario:
    """One scenario. Raises ScenarioFileError with all that is wrong with its file."""
    shown = file.as_posix()
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ScenarioFileError(
            (Problem(shown, f"not UTF-8: byte 0x{error.object[error.start]:02x} at offset {error.start}"),)
        ) from error
    except OSError as error:
        raise ScenarioFileError((Problem(shown, f"can't be read: {error.strerror}"),)) from error
    return Scenario(file.with_suffix("").as_posix(), shown, read(text, shown))


def read(text: str, file: str) -> ScenarioFile:
    """The scenario in a file's text. Raises ScenarioFileError with all that is wrong with it."""
    problems = Problems(file, text)
    root = parse(text, problems)
    if root is not None and not isinstance(root, Mapping):
        problems.add(root.span, "a scenario is a mapping with name, topology and steps")
    content = None
    if isinstance(root, Mapping):
        names = Names(endpoint.name for draft in DRAFTS for endpoint in draft.endpoints)
        content = Reader(problems, names, {"step": STEPS, "expectation": EXPECTATIONS}).struct(root, ScenarioFile)
    problems.raise_if_any()
    assert isinstance(content, ScenarioFile), "what is not valid has a problem"  # noqa: S101 (our own bug)
    return content


def _is_readable(path: Path) -> bool:
    """Whether it is a file, or a link that should lead to one: what is gone must not be left out silently."""
    return path.is_file() or not path.exists()


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and _is_readable(file))
        if not found:
            raise SimulatorError(f"{path}: no scenario file (*.yaml) in this folder")
        return found
    if path.exists():
        return [path]
    if path.is_symlink():
        raise SimulatorError(f"{path}: this link leads to no file or folder")
    around = path.parent if path.parent.is_dir() else Path()
    nearby = hint(path.name, (entry.name for entry in around.iterdir()))
    raise SimulatorError(f"{path}: there is no such file or folder{nearby}")
