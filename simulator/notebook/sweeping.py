"""Many runs from a cell: experiments as data frames."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from simulator.drafts import registry
from simulator.errors import SimulatorError
from simulator.notebook.arguments import File, checked
from simulator.notebook.errors import saying
from simulator.notebook.live.background import Background
from simulator.notebook.running import Value, nothing
from simulator.sweep.engines import Engine, InProcess, Processes
from simulator.sweep.experiment import Experiment
from simulator.sweep.identity import identity
from simulator.sweep.loading import is_experiment, of_words, read, read_file
from simulator.sweep.plan import Plan, plan
from simulator.sweep.results import Results
from simulator.sweep.settings import SCENARIO, Setting
from simulator.sweep.sweeping import sweep as done

if TYPE_CHECKING:
    import polars

Values = Value | list[Value] | tuple[Value, ...]


@checked("running a sweep")
def sweep(
    experiment: File,
    /,
    *,
    folder: File | None = None,
    workers: int = 1,
    seeds: str | int | None = None,
    drafts: str | list[str] | None = None,
    waive: str | list[str] | None = None,
    **parameters: Values,
) -> "polars.DataFrame":
    """The runs of an experiment as a data frame, a row a run: axes, measures, verdict, first failure.

    `experiment` is an experiment's file, looked for here and in the folders above, or its text; or a scenario's file,
    with what varies beside it: `sweep("scenarios/fanout/many-providers.yaml", seeds="1..10", providers=[3, 6])`. In a
    `folder` results are kept, and what is there is not run again; `workers` is how many processes run it: each of them
    imports the program that this is called in, so that a script calls it under `if __name__ == "__main__":`. Interrupt
    the cell, and what has ended is kept. Raises Refused.
    """
    with saying("reading the experiment", needs="sweep"):
        said = {name: _listed(value) for name, value in parameters.items()}
        options = {"seeds": seeds, "drafts": _drafts(drafts), "waive": waive}
        given = {name: _listed(value) for name, value in options.items() if value is not None}
        planned = _planned(experiment, given, said)
    with TemporaryDirectory(prefix="mimi-sim-") as temporary:
        results = Results(Path(folder or temporary), identity(planned))
        _run(planned, results, Processes(workers) if workers > 1 else InProcess())
        return results.read()


def _run(planned: Plan, results: Results, engine: Engine) -> None:
    async def run(_: None) -> None:
        async with engine:
            await done(planned, results, engine)

    background = Background(nothing)
    background.start()
    try:
        background.call(run)
    finally:
        background.stop()


def _planned(said: Path | str, options: Mapping[str, str], parameters: Mapping[str, str]) -> Plan:
    """Scenarios are called as they were asked for, wherever that is on this machine. Raises SimulatorError."""
    text = isinstance(said, str) and "\n" in said
    folder = Path() if text else _folder_of(Path(said))
    made = _experiment(said, folder, options, parameters)
    above = "" if folder == Path() else f"{folder.as_posix()}/"
    found = plan(made)
    settings = tuple(_called(each, above) for each in found.settings.found)
    return replace(found, settings=replace(found.settings, found=settings))


def _folder_of(path: Path) -> Path:
    return next((each for each in (Path(), *Path.cwd().parents) if (each / path).exists()), Path())


def _experiment(
    said: Path | str, folder: Path, options: Mapping[str, str], parameters: Mapping[str, str]
) -> Experiment:
    whole = isinstance(said, str) and "\n" in said
    if not whole and not is_experiment(folder / said):
        return of_words([(folder / said).as_posix()], options, parameters)
    if options or parameters:
        raise SimulatorError("an experiment says itself what varies: leave the rest out")
    return read(str(said), "cell") if whole else read_file(folder / said)


def _called(setting: Setting, above: str) -> Setting:
    words = tuple(word.removeprefix(above) for word in setting.repeat)
    axes = {**setting.axes, SCENARIO: str(setting.axes[SCENARIO]).removeprefix(above)}
    return replace(setting, axes=axes, repeat=words)


def _drafts(said: str | list[str] | None) -> list[str] | None:
    """By name, also those that are given by the paths of their packages."""
    named = [said] if isinstance(said, str) else said
    return None if named is None else [registry.find(each).name for each in named]


def _listed(value: object) -> str:
    """With commas between, as the command line has it."""
    values = value if isinstance(value, list | tuple) else (value,)
    return ",".join(str(each).lower() if isinstance(each, bool) else str(each) for each in values)
