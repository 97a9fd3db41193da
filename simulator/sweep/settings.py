"""The settings of an experiment: all of its axes but seed and repetition, each setting with the scenario to be run."""

from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from itertools import product
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import hint
from simulator.scenario import Scenario, ScenarioFileError, is_about, load
from simulator.scenario.ablation import subjects
from simulator.scenario.demands import demands
from simulator.scenario.loading.problems import Problem, Problems
from simulator.scenario.loading.substitution import Plain, shown
from simulator.scenario.rule_names import why_kept
from simulator.scenario.step import Expectation
from simulator.sweep.axes import Axes, same
from simulator.sweep.experiment import EACH, NONE, Experiment

SCENARIO, DRAFT, WAIVED = "scenario", "draft", "waived"
"""The axes that every sweep has."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A scenario as it is run, and what makes it one of its own."""

    scenario: Scenario
    axes: Mapping[str, Plain]
    values: Mapping[str, Expectation] = field(default_factory=dict)
    """What is measured at its end, by column."""
    repeat: tuple[str, ...] = ()
    """The words behind `mimi-sim` that run it once, but for its seed."""


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings, and why others that were asked for are none."""

    found: tuple[Setting, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)
    """Why, and how many."""

    @property
    def axes(self) -> tuple[str, ...]:
        """The names of all axes, in order."""
        return tuple(dict.fromkeys((SCENARIO, DRAFT, *(name for each in self.found for name in each.axes))))


def settings(experiment: Experiment, over: Path | None = None) -> Settings:
    """The product of the axes, with the topology in the file `over`, if any, laid over each scenario's that it is of.
    Raises ScenarioFileError for scenarios that can't be run, and for what no scenario knows: parameters, values of
    exclusions, names in expectations.
    """
    problems = Problems("")
    left_out: dict[str, int] = {}
    found: dict[str, Setting] = {}
    known: dict[str, None] = {}
    for file in experiment.scenarios.files:
        for draft in _drafts(experiment):
            first = load([file], draft=draft)
            if over is not None and not any(is_about(over, each) for each in first):
                _count(left_out, f"{over} is about nobody in {file}")
                continue
            names = dict.fromkeys(name for each in first for name in (*each.parameters, *each.choice))
            known |= names
            given = [name for name in experiment.parameters.values if name in names]
            for setting in _of_file(file, draft, over, experiment, given, left_out):
                found.setdefault(repr(sorted(setting.axes.items())), setting)
    _check_parameters(experiment.parameters, known, problems)
    wanted = _without(tuple(found.values()), experiment.exclude, problems)
    measured = tuple(_measured(each, experiment, problems) for each in wanted)
    problems.raise_if_any()
    if not measured:
        whys = "; ".join(left_out) or "all is excluded"
        raise ScenarioFileError((Problem(experiment.experiment, f"nothing is left to be run: {whys}"),))
    return Settings(measured, left_out)


def _drafts(experiment: Experiment) -> tuple[Draft | None, ...]:
    return tuple(map(registry.named, experiment.drafts)) or (None,)


def _of_file(
    file: Path,
    draft: Draft | None,
    over: Path | None,
    experiment: Experiment,
    given: list[str],
    left_out: dict[str, int],
) -> Iterator[Setting]:
    for chosen in product(*(experiment.parameters.plain(name) for name in given)):
        parameters = dict(zip(given, chosen, strict=True))
        for scenario in load([file], parameters=parameters, draft=draft, over=over):
            if over is not None and not is_about(over, scenario):
                _count(left_out, f"{over} is about nobody in {scenario.id}")
                continue
            if scenario.unsupported:
                _count(left_out, f"{file} in {draft.name if draft else ''}: {scenario.unsupported}")
                continue
            for rule in _rules(experiment, scenario):
                why = None if rule == NONE else _why_not_waived(rule, scenario)
                if why is None:
                    yield _setting(scenario, parameters, rule, draft, over)
                else:
                    _count(left_out, why)


def _rules(experiment: Experiment, scenario: Scenario) -> Iterator[str]:
    """What `waive` stands for in the scenario's draft, each once."""
    draft = registry.named(scenario.topology.draft)
    every = (
        [each.id for each in subjects(draft) if why_kept(each.id, draft) is None] if EACH in experiment.waive else []
    )
    yield from dict.fromkeys(name for word in experiment.waive for name in (every if word == EACH else [word]))


def _count(left_out: dict[str, int], why: str) -> None:
    left_out[why] = left_out.get(why, 0) + 1


def _why_not_waived(rule: str, scenario: Scenario) -> str | None:
    draft = registry.named(scenario.topology.draft)
    if rule not in demands(draft).ids:
        return f"{rule} is no rule of {draft.name}"
    why = why_kept(rule, draft)
    return None if why is None else f"{rule} can't be waived in {draft.name}: {why}"


def _setting(
    scenario: Scenario, parameters: Mapping[str, Plain], rule: str, draft: Draft | None, over: Path | None
) -> Setting:
    chosen = {name: value for name, value in {**scenario.choice, **parameters}.items() if name != DRAFT}
    axes: dict[str, Plain] = {
        SCENARIO: scenario.id.removesuffix(scenario.suffix),
        DRAFT: scenario.topology.draft,
        **chosen,
        WAIVED: rule,
    }
    words = ["run", scenario.file + scenario.suffix]
    words += ["--draft", draft.name] if draft else []
    words += [word for name, value in parameters.items() for word in ("--set", f"{name}={shown(value)}")]
    words += [] if rule == NONE else ["--waive", rule]
    words += [] if over is None else ["--over", str(over)]
    return Setting(scenario if rule == NONE else scenario.waiving((rule,)), axes, repeat=tuple(words))


def _check_parameters(parameters: Axes, known: Mapping[str, None], problems: Problems) -> None:
    for name, place in parameters.names.items():
        if name not in known:
            problems.add(place, f'no scenario here has a parameter "{name}"{hint(name, known) or _listed(known)}')


def _listed(known: Mapping[str, None]) -> str:
    return f"; known: {', '.join(known)}" if known else ": they have none"


def _without(found: tuple[Setting, ...], excluded: tuple[Axes, ...], problems: Problems) -> tuple[Setting, ...]:
    for each in excluded:
        for name, place in each.names.items():
            there = [setting.axes[name] for setting in found if name in setting.axes]
            axes = dict.fromkeys(axis for setting in found for axis in setting.axes)
            if not there:
                problems.add(place, f'there is no axis "{name}"{hint(name, axes) or _listed(axes)}')
            for value in each.values[name]:
                if there and not any(same(value.value, other) for other in there):
                    words = list(dict.fromkeys(map(shown, there)))
                    listed = hint(shown(value.value), words) or f"; there are {', '.join(words)}"
                    problems.add(value.span, f"{name} is never {shown(value.value)}{listed}")
    return tuple(setting for setting in found if not any(_is_in(setting, each) for each in excluded))


def _is_in(setting: Setting, excluded: Axes) -> bool:
    return all(
        name in setting.axes and any(same(setting.axes[name], value) for value in excluded.plain(name))
        for name in excluded.values
    )


def _measured(setting: Setting, experiment: Experiment, problems: Problems) -> Setting:
    found = {name: value.expectation(setting.scenario.content, problems) for name, value in experiment.values.items()}
    return replace(setting, values={name: each for name, each in found.items() if each is not None})
