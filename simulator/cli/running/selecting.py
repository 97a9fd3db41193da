"""Which scenarios are meant: by path or id, by tag, by an expression over their names."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from msgspec import structs

from simulator.cli.arguments import found_draft
from simulator.cli.running.expression import parse
from simulator.drafts import registry
from simulator.errors import SimulatorError, hint
from simulator.scenario import Scenario, external_providers, load
from simulator.scenario.loading.loader import SUFFIXES, Identity, files, identity
from simulator.scenario.loading.problems import ScenarioFileError
from simulator.scenario.loading.shipped import located
from simulator.scenario.rule_names import check_all_waivable


class NothingHere(SimulatorError):
    """No scenario is for a draft."""


def chosen(
    paths: Sequence[str] | None,
    tags: Sequence[str] | None,
    expression: str | None,
    draft: str | None,
    parameters: Mapping[str, str],
    over: Path | None,
    left_out: Sequence[str] | None = None,
    waived: Sequence[str] | None = None,
) -> tuple[Scenario, ...]:
    """What `mimi-sim run` is to run: with an overlay that has external providers, what these take part in. Raises
    SimulatorError.
    """
    there = find(paths or ["scenarios"], parameters=parameters, over=over, draft=draft, of_other_drafts=True)
    found = select(there, tags or (), expression)
    found = found if over is None else with_externals(found, over)
    found = without(found, left_out) if left_out else found
    drafts = dict.fromkeys(each.topology.draft for each in found if not each.unsupported)
    rules = check_all_waivable(waived or (), *map(registry.named, drafts))
    return tuple(each.waiving(rules) for each in found) if rules else found


def without(scenarios: Sequence[Scenario], tags: Sequence[str]) -> tuple[Scenario, ...]:
    """The same without the steps that have one of these tags. Raises SimulatorError for a tag that no step has."""
    steps = [step for scenario in scenarios for step in scenario.steps]
    known = sorted({tag for step in steps for each in (step, *step.inner) for tag in each.tags})
    for tag in tags:
        if tag not in known:
            listed = f"; known: {', '.join(known)}" if known else ""
            raise SimulatorError(f'no step here has the tag "{tag}"{hint(tag, known) or listed}')
    return tuple(
        replace(each, content=structs.replace(each.content, steps=tuple(step.without(tags) for step in each.steps)))
        for each in scenarios
    )


def with_externals(scenarios: tuple[Scenario, ...], over: Path) -> tuple[Scenario, ...]:
    """Those that an external provider of the overlay takes part in; all where it has none. Raises SimulatorError where
    none is left.
    """
    theirs = external_providers(over)
    left = tuple(scenario for scenario in scenarios if set(theirs) & set(scenario.topology.providers))
    if theirs and not left:
        raise SimulatorError(
            f"{over}: {' and '.join(theirs)} takes part in none of {len(scenarios)} scenarios selected"
        )
    return left if theirs else scenarios


def check_ports(scenarios: Iterable[Scenario]) -> None:
    """Raises SimulatorError for scenarios that can't run side by side."""
    taken: dict[int, Scenario] = {}
    for scenario in scenarios:
        for name, provider in scenario.topology.providers.items():
            if provider.port is not None and provider.external is None:
                first = taken.setdefault(provider.port, scenario)
                if first is not scenario:
                    both = f"{first.id} and {scenario.id}"
                    raise SimulatorError(
                        f"-j: {name} serves at port {provider.port} in {both}: run one after the other"
                    )


def find(
    paths: Iterable[str],
    *,
    parameters: Mapping[str, str] | None = None,
    over: Path | None = None,
    draft: str | None = None,
    of_other_drafts: bool = False,
) -> tuple[Scenario, ...]:
    """The scenarios in files and folders; one of a matrix by its id (`scenarios/x.yaml[suite=3]`), with or without the
    file's suffix. Of several paths it is all that any of them means, each scenario once, however its file is written.
    `draft` is a name or a path, as `--draft` takes it; those that are not for it are left out, unless those
    `of_other_drafts` are wanted too, with the reason in them.

    Raises SimulatorError for an empty path and for an id that nothing has, and what `load` raises.
    """
    wanted = [_split(path) for path in paths]
    found = load(dict.fromkeys(file for file, _ in wanted), parameters=parameters, over=over, draft=found_draft(draft))
    left = tuple(each for each in found if not each.unsupported)
    if not left:
        why = f": {found[0].unsupported}" if len(found) == 1 else ""
        raise NothingHere(f"nothing here is for {draft}{why}")
    found = found if of_other_drafts else left
    choices: dict[Identity, set[str]] = {}
    for file, choice in wanted:
        if choice:
            _check_choice(file, choice, found)
            choices.setdefault(identity(file), set()).add(choice)
    whole = {identity(each) for file, choice in wanted if not choice for each in files(file)}
    return tuple(
        scenario
        for scenario in found
        for here in [identity(Path(scenario.file))]
        if here in whole or scenario.suffix in choices.get(here, ())
    )


def find_in_each(
    paths: Iterable[str], drafts: Iterable[str] | None, *, of_other_drafts: bool = False
) -> dict[str, tuple[Scenario, ...]]:
    """By the name of the draft: the scenarios in files and folders that are for it. `drafts` are names or paths; where
    none is said it is all drafts that something here is for. Raises SimulatorError, see `find`.
    """
    said = {registry.find(draft).name: None for draft in drafts or ()}
    found: dict[str, tuple[Scenario, ...]] = {}
    first: SimulatorError | None = None
    for name in said or registry.names():
        try:
            found[name] = find(paths, draft=name, of_other_drafts=of_other_drafts)
        except (NothingHere, ScenarioFileError) as error:  # a file alone may be in another draft's words
            if said:
                raise
            first = first or error
    if first is not None and not found:
        raise first
    return found


def _check_choice(file: Path, choice: str, scenarios: Iterable[Scenario]) -> None:
    """Raises SimulatorError where a file's matrix does not have it."""
    here = identity(file)
    known = [scenario.suffix for scenario in scenarios if identity(Path(scenario.file)) == here]
    if choice not in known:
        there = f"; it has {', '.join(known)}" if any(known) else ": it has no matrix"
        raise SimulatorError(f"{file} has no {choice}{hint(choice, known)}{there}")


def select(
    scenarios: Sequence[Scenario], tags: Sequence[str] = (), expression: str | None = None
) -> tuple[Scenario, ...]:
    """Those with one of the tags (if any is given), without each of the tags behind a `!`, that the expression fits.

    Raises SimulatorError where nothing is left, or the expression is none.
    """
    fits = parse(expression) if expression is not None else lambda _: True
    wanted = {tag for tag in tags if not tag.startswith("!")}
    unwanted = {tag.removeprefix("!") for tag in tags if tag.startswith("!")}
    left = tuple(
        scenario
        for scenario in scenarios
        if (not wanted or wanted & set(scenario.content.tags))
        and not unwanted & set(scenario.content.tags)
        and fits(f"{scenario.id}\n{scenario.content.name}\n{' '.join(scenario.content.tags)}".lower())
    )
    if not left:
        known = sorted({tag for scenario in scenarios for tag in scenario.content.tags})
        near = "".join(hint(tag, known) for tag in wanted if tag not in known)
        raise SimulatorError(f"none of {len(scenarios)} scenarios selected{near}; tags: {', '.join(known) or 'none'}")
    return left


def _split(path: str) -> tuple[Path, str]:
    """File and choice. What exists is a path, whatever it looks like; an id is a path without its suffix.

    Raises SimulatorError for an empty path.
    """
    if not path:
        raise SimulatorError('"" is no path: write . for the working folder')
    ends = [match.start() for match in re.finditer(r"\[", path)] if path.endswith("]") else []
    for end in (len(path), *ends):
        files_there = (Path(path[:end] + suffix) for suffix in ("", *SUFFIXES))
        file = next((each for each in files_there if os.path.isfile(located(each))), None)
        if file is not None:
            return file, path[end:]
    end = ends[-1] if ends and not os.path.exists(located(Path(path))) else len(path)
    return Path(path[:end]), path[end:]
