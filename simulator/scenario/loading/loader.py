"""From paths on a command line to scenarios that can be run, or to all that is wrong with their files."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from pathlib import Path
from typing import TypeAlias

from msgspec import structs

from simulator import federation
from simulator.dataclass import dataclass
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError, hint
from simulator.printable import is_text
from simulator.scenario.entry import Entry
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.nodes import Scalar
from simulator.scenario.loading.old_words import path_now
from simulator.scenario.loading.other_drafts import of_other_drafts
from simulator.scenario.loading.pipeline import (
    LoadOptions,
    named,
    plain,
    read_all,
    read_over,
    read_topology,
    text_of,
    topology_in,
)
from simulator.scenario.loading.problems import Problem, ScenarioFileError
from simulator.scenario.loading.shipped import located
from simulator.scenario.loading.substitution import Plain
from simulator.scenario.loading.variants import choice_suffix
from simulator.scenario.running.building import federation as built
from simulator.scenario.scalars import START
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.topology import Topology

SUFFIXES = (".yaml", ".yml")

Identity: TypeAlias = tuple[int, int]
"""What a file has in common with itself by any other path: its device and number there."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A scenario that can be run. `id` tells it from all others of the same run: its path without suffix, and what was
    chosen of its matrix: `fanout/many[providers=5,http2=true]`.
    """

    id: str
    file: str
    content: ScenarioFile
    choice: Mapping[str, Plain] = field(default_factory=dict)
    """By axis of the file's matrix; `parameters` in `load` chooses so too."""
    parameters: Mapping[str, Plain] = field(default_factory=dict)
    """The values of all parameters, with the choice."""
    unsupported: str = ""
    """Why it can't be run in the draft that all were to be in; it is as its file has it, in a draft that it is for."""

    @property
    def suffix(self) -> str:
        """What is behind its file's name in its id: `[providers=5,http2=true]`, or nothing."""
        return choice_suffix(self.choice)

    @property
    def topology(self) -> Topology:
        """Who takes part."""
        return self.content.topology

    @property
    def steps(self) -> tuple[Entry, ...]:
        """What happens."""
        return self.content.steps

    @property
    def covers(self) -> tuple[str, ...]:
        """The IDs of the requirements that it shows: as a whole, and by single steps; each once."""
        return tuple(dict.fromkeys((*self.content.covers, *(name for entry in self.steps for name in entry.claims))))

    def waiving(self, rules: Iterable[str]) -> "Scenario":
        """The same where nobody keeps these rules (IDs), besides those that nobody keeps anyway."""
        return replace(self, content=structs.replace(self.content, topology=self.topology.waiving(rules)))


@dataclass(frozen=True, slots=True)
class Served:
    """A federation that a topology file describes, and how it begins."""

    topology: federation.Topology
    seed: int = 1
    clock: int = START.unix
    """Protocol time in Unix seconds."""


def load(
    paths: Iterable[Path],
    *,
    parameters: Mapping[str, Plain] | None = None,
    over: Path | None = None,
    draft: Draft | None = None,
) -> tuple[Scenario, ...]:
    """The scenarios in files and folders (all YAML files below but parts), in the order of the paths, each file once.

    `parameters` take the place of the values in the files that have such parameters, or such an axis in their matrix.
    `over` is a file with a partial topology: it is laid over each scenario's, of which it may name only some providers.
    `draft` is the one that all of them are to be in, whatever their files say; what is not for it is `unsupported`.

    Raises ScenarioFileError with every problem of every file, and SimulatorError for a path where nothing is, and for a
    parameter or a provider of the overlay that no scenario knows.
    """
    options = _options(parameters, over, draft)
    problems: dict[Problem, Problem] = {}
    scenarios: dict[Identity, tuple[Scenario, ...]] = {}
    for root in paths:
        for file in files(root):
            here = identity(file)
            if here in scenarios:
                continue
            try:
                scenarios[here] = _load(file, options, whole=os.path.isdir(located(root)))
            except ScenarioFileError as error:
                for problem in error.problems:
                    problems.setdefault(replace(problem, included=()), problem)  # a part may be included by many
    if problems:
        raise ScenarioFileError(tuple(problems.values()))
    found = tuple(scenario for group in scenarios.values() for scenario in group)
    _check_ids(found)
    _check_used(options, over, found)
    return found


def load_file(file: Path, **wanted: Plain) -> Scenario:
    """One scenario, the first where a matrix makes several; `wanted` are parameters. Raises ScenarioFileError."""
    return _load(file, _options(wanted), whole=False)[0]


def load_text(
    text: str, name: str, *, parameters: Mapping[str, Plain] | None = None, draft: Draft | None = None
) -> tuple[Scenario, ...]:
    """The scenarios in a text that is called `name`, for `parameters` and `draft` see `load`. What it includes is
    looked for from where one is. Raises ScenarioFileError, and SimulatorError for a parameter that it does not know.
    """
    options = _options(parameters, None, draft)
    found = _scenarios(text, name, name, options, alone=True)
    _check_used(options, None, found)
    return found


def load_topology(
    file: Path, *, parameters: Mapping[str, Plain] | None = None, over: Path | None = None, draft: Draft | None = None
) -> Served:
    """The federation in a topology file: a scenario's `topology`, alone or with whatever else a scenario or a part has;
    what else is wanted is as in `load`.

    Raises ScenarioFileError with all that is wrong with it.
    """
    topology, seed, clock = read_topology(file, _options(parameters, over, draft))
    return Served(built(topology), 1 if seed is None else seed, (clock or START).unix)


def is_about(over: Path, scenario: Scenario) -> bool:
    """Whether the topology in a file is about a provider of the scenario, an external one if it has any of these, or
    about nobody in particular. Raises ScenarioFileError.
    """
    about = external_providers(over) or named(read_over(over))
    return not about or not scenario.topology.providers.keys().isdisjoint(about)


def overlaid_topology(text: str, over: Path, draft: Draft | None = None) -> Topology:
    """The topology in a text with the one in the file `over` laid over it, which must name one of its providers; in
    the draft that is wanted, or else in the one that the file says. Raises ScenarioFileError and SimulatorError.
    """
    options = _options(None, over, draft)
    about = named(options.over) if options.over is not None else ()
    said = None if options.over is None else options.over.values.get("draft")
    if draft is not None and isinstance(said, Scalar) and said.value != draft.name:
        raise SimulatorError(f'{over}: its "draft" is {said.value}, and {draft.name} is wanted')
    topology: Topology = topology_in(text, f"{over.as_posix()}, laid over", options)[0]
    if about and not set(about) & set(topology.providers):
        there = f"{hint(about[0], topology.providers) or '; known: ' + ', '.join(topology.providers)}"
        raise SimulatorError(f"{over}: there is no provider {' or '.join(about)} here{there}")
    return topology


def external_providers(over: Path) -> tuple[str, ...]:
    """The providers that an overlay puts into somebody else's hands. Raises ScenarioFileError."""
    said = read_over(over).values.get("providers")
    if not isinstance(said, MappingNode):
        return ()
    return tuple(
        name for name, spec in said.values.items() if isinstance(spec, MappingNode) and "external" in spec.values
    )


def read(text: str, file: str) -> ScenarioFile:
    """The scenario in a file's text, the first where a matrix makes several. Raises ScenarioFileError with all that is
    wrong with it.
    """
    return read_all(text, file, alone=True)[0][1]


def _options(
    parameters: Mapping[str, Plain] | None, over: Path | None = None, draft: Draft | None = None
) -> LoadOptions:
    given = {name: plain(value) if isinstance(value, str) else value for name, value in (parameters or {}).items()}
    return LoadOptions(given, None if over is None else read_over(over), draft)


def _load(file: Path, options: LoadOptions, *, whole: bool) -> tuple[Scenario, ...]:
    """What is in one file. A part is nothing where a `whole` folder is wanted, and a mistake where it alone is."""
    shown, bare = file.as_posix(), file.with_suffix("").as_posix()
    if not is_text(shown):
        raise ScenarioFileError((Problem(shown, "the name is no UTF-8 text, so that no result could name it"),))
    return _scenarios(text_of(file), bare, shown, options, alone=not whole)


def _scenarios(text: str, name: str, file: str, options: LoadOptions, *, alone: bool) -> tuple[Scenario, ...]:
    """What is in a file's text; their ids begin with `name`."""
    found = tuple(
        Scenario(name + variant.suffix, file, content, variant.choice, variant.values)
        for variant, content in read_all(text, file, options, alone=alone)
    )
    if found or options.draft is None:
        return found
    other = of_other_drafts(text, file, options)
    return () if other is None else (Scenario(name, file, other.content, {}, other.parameters, other.why),)


def _check_used(options: LoadOptions, over: Path | None, scenarios: tuple[Scenario, ...]) -> None:
    """What means nothing to any scenario is a slip of the pen."""
    known = list(dict.fromkeys(name for scenario in scenarios for name in scenario.parameters))
    for name in options.parameters:
        if name not in known:
            raise SimulatorError(f'no scenario here has a parameter "{name}"{hint(name, known)}')
    about = named(options.over) if options.over is not None else ()
    providers = list(dict.fromkeys(name for scenario in scenarios for name in scenario.topology.providers))
    if about and not set(about) & set(providers):
        raise SimulatorError(f"{over}: no scenario here has a provider {' or '.join(about)}{hint(about[0], providers)}")


def _check_ids(scenarios: tuple[Scenario, ...]) -> None:
    """An id means one scenario. Raises ScenarioFileError for files of which two would have the same."""
    first: dict[str, Scenario] = {}
    problems: dict[Problem, None] = {}
    for scenario in scenarios:
        other = first.setdefault(scenario.id, scenario)
        if other is not scenario:
            message = f'what is in here would be called "{scenario.id}", as what is in {other.file}: rename one'
            problems[Problem(scenario.file, message)] = None
    if problems:
        raise ScenarioFileError(tuple(problems))


def identity(file: Path) -> Identity:
    """By which a file is known again under another path."""
    try:
        about = os.stat(located(file))
    except OSError:
        return (-1, hash(os.path.realpath(located(file))))  # a link that leads nowhere: whoever reads it says so
    return (about.st_dev, about.st_ino)


def _is_readable(path: Path) -> bool:
    """Whether it is a file, or a link that should lead to one: what is gone must not be left out silently."""
    return os.path.isfile(path) or not os.path.exists(path)


def files(path: Path) -> list[Path]:
    """The file at a path, or all scenario files below it. Raises SimulatorError where nothing is."""
    place = located(path)
    if os.path.isdir(place):
        found = sorted(file for file in place.rglob("*") if file.suffix in SUFFIXES and _is_readable(file))
        if not found:
            raise SimulatorError(f"{path}: no scenario file (*.yaml) in this folder")
        return [path / file.relative_to(place) for file in found]
    if os.path.exists(place):
        return [path]
    if os.path.islink(place):
        raise SimulatorError(f"{path}: this link leads to no file or folder")
    now = path_now(path.as_posix())
    if now is not None and any(os.path.exists(located(Path(now + suffix))) for suffix in ("", *SUFFIXES)):
        raise SimulatorError(f"{path}: this is {now} now")
    raise SimulatorError(f"{path}: {_absence(place)}")


def _absence(path: Path) -> str:
    """Why nothing can be found at a path."""
    try:
        os.stat(path)
    except FileNotFoundError:
        around = path.parent if os.path.isdir(path.parent) else Path()
        nearby = os.listdir(around) if os.access(around, os.R_OK) else ()
        return f"there is no such file or folder{hint(path.name, nearby)}"
    except OSError as error:
        return f"this can't be looked at: {error.strerror}"
    return "there is no such file or folder"
