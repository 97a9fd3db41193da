"""Scenario files run from a cell: in a thread of their own, as a cell's thread has an event loop already."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.notebook.arguments import File, RuleIDs, Seed, checked
from simulator.notebook.errors import saying
from simulator.notebook.figures.markup import BAD, page, table, text
from simulator.notebook.figures.summary import summary
from simulator.notebook.live.background import Background
from simulator.notebook.traffic import Traffic
from simulator.notebook.waiving import rule_ids
from simulator.printable import printable
from simulator.scenario import NullObserver, Result, Scenario, ScenarioResult, load, load_text, run_scenario
from simulator.scenario.running.tracing import header
from simulator.trace import Recorder, Trace

Value = bool | int | float | str


@dataclass(frozen=True, slots=True)
class Run:
    """What came of a scenario, and its traffic."""

    result: ScenarioResult
    traffic: Traffic

    @property
    def passed(self) -> bool:
        """Whether all was as the file expects."""
        return self.result.result is Result.passed

    def __repr__(self) -> str:
        said = [f"{self.result.result.value} {self.result.scenario.id}", *map(" ".join, self._wrong())]
        return "\n".join(map(printable, said))

    def _repr_html_(self) -> str:
        wrong = self._wrong()
        rows = [(text(step), text(expected), f'<span style="background:{BAD}">{text(happened)}</span>')
                for step, expected, happened in wrong]  # fmt: skip
        failed = page(table(("step", "expected", "but"), rows)) if rows else ""
        return failed + summary(self.traffic.trace)

    def _wrong(self) -> list[tuple[str, str, str]]:
        """Of what was not as expected: the step, what was expected and what happened."""
        found = []
        for step in self.result.failures:
            place = f"line {step.line}, {step.name}"
            found += [(place, each.expected, each.happened) for each in step.mismatches] or [(place, "", step.message)]
        return found


@checked("running a scenario")
def run(
    scenario: File,
    /,
    *,
    seed: Seed | None = None,
    draft: File | None = None,
    waive: RuleIDs = (),
    **parameters: Value,
) -> Run:
    """Run a scenario: a file (`scenarios/malicious/equivocation.yaml`, looked for here and in the folders above), or
    the text of one.

    `seed` and `draft` (a name, or the path of a package that is not installed, as its files are now) take the place of
    the file's, and `parameters` that of its parameters and of the axes of its matrix; of the combinations that are
    left, the first is run. `waive` are the IDs of rules and requirements that nobody keeps: `waive="T-SECURITY-
    RECIPIENT"`. Whatever was recorded is in the result, also when it failed. Interrupt the cell, and the run ends.
    Raises Refused for a file that is none, with all that is wrong with it, and for rules that are none or that nobody
    can do without.
    """
    with saying("reading the scenario"):
        found = _read(scenario, None if draft is None else registry.find(str(draft)), parameters)
        chosen = found.waiving(rule_ids(waive, registry.named(found.topology.draft)))
    recorder = Recorder(wire=True)
    background = Background(nothing)
    background.start()
    try:
        result = background.call(lambda _: run_scenario(chosen, seed, NullObserver(), recorder))
    finally:
        background.stop()
    trace = Trace.of_run(header(chosen, result.seed), recorder.events)
    return Run(result, Traffic(trace))


def _read(scenario: Path | str, draft: Draft | None, parameters: Mapping[str, Value]) -> Scenario:
    if isinstance(scenario, str) and "\n" in scenario:
        return _first(load_text(scenario, "cell", parameters=parameters, draft=draft))
    return _first(scenarios_in(scenario, draft, parameters))


def scenarios_in(
    path: Path | str, draft: Draft | None, parameters: Mapping[str, Value] | None = None
) -> tuple[Scenario, ...]:
    """Those of a file or folder, looked for here and in the folders above; those that are for other drafts say why.
    Raises ScenarioFileError.
    """
    wanted = Path(path)
    around = (Path(), *Path.cwd().parents)
    found = [folder for folder in around if (folder / wanted).exists()]
    nearly = [folder for folder in around if (folder / wanted.parent).is_dir()]
    folder = next(iter((*found, *nearly)), Path())
    above = f"{folder.as_posix()}/"  # the scenario is called as it was asked for, wherever that is on this machine
    return tuple(
        replace(each, id=each.id.removeprefix(above), file=each.file.removeprefix(above))
        for each in load([folder / wanted], parameters=parameters or {}, draft=draft)
    )


def _first(scenarios: Sequence[Scenario]) -> Scenario:
    """Raises SimulatorError where none is for the draft that is wanted."""
    found = next((each for each in scenarios if not each.unsupported), None)
    if found is None:
        raise SimulatorError(f"this is not for that draft: {scenarios[0].unsupported}")
    return found


@asynccontextmanager
async def nothing() -> AsyncIterator[None]:
    """What a `Background` keeps open that only runs functions."""
    yield
