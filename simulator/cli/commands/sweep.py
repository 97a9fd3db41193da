"""`mimi-sim sweep`."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Cluster, Over, Paths, Workers, complete_draft, complete_rule
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.dataclass import dataclass
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker
    from simulator.sweep.engines import Engine
    from simulator.sweep.experiment import Experiment
    from simulator.sweep.plan import Plan
    from simulator.sweep.results import Results
    from simulator.sweep.settings import Settings

Seeds = Annotated[
    str | None,
    typer.Option(metavar="SEEDS", help="`7`, `1..1000`, or several with commas; each file's own if not said."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE,...", help="Run with each of these values.", show_default=False),
]
Drafts = Annotated[
    str | None,
    typer.Option(
        "--draft",
        metavar="NAME,...",
        help="Run in each of these drafts; in those that files are for if not said.",
        autocompletion=complete_draft,
    ),
]
Waive = Annotated[
    str | None,
    typer.Option(
        "--waive",
        metavar="ID,...",
        help="Run with each of these rules waived, one at a time; none keeps all, each is every rule.",
        autocompletion=complete_rule,
    ),
]
Repeat = Annotated[int | None, typer.Option(min=1, metavar="N", help="Do each run N times, for measures of time.")]
Failures = Annotated[int | None, typer.Option(min=1, metavar="N", help="Stop after N failures.")]
Narrow = Annotated[
    float | None,
    typer.Option("--interval", metavar="X", help="Stop where the 95 % interval on a failure rate is narrower than X."),
]
Explore = Annotated[
    int | None,
    typer.Option(
        "--explore",
        min=1,
        metavar="N",
        help="In the place of all combinations: runs guided by what they reach, until N in a row reach nothing new.",
    ),
]
Shrink = Annotated[
    bool,
    typer.Option(
        "--shrink", help="For each cause of failures, write the smallest file that still fails so into DIR/shrunk."
    ),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", metavar="DIR", help="Keep results in DIR; go on with what is there.")
]
Html = Annotated[
    Path | None,
    typer.Option(
        "--html", metavar="FILE", help="Write a page: heat maps, plots, failures by cause with the trace of one each."
    ),
]
Axes = Annotated[
    str | None,
    typer.Option(metavar="X,Y", help="The axes of the page's heat maps; those with the most values if not said."),
]
Show = Annotated[Path | None, typer.Option("--show", metavar="DIR", help="Show how far the sweep in DIR is.")]


def sweep(
    paths: Paths = None,
    seeds: Seeds = None,
    settings: Set = None,
    drafts: Drafts = None,
    waive: Waive = None,
    over: Over = None,
    repeat: Repeat = None,
    failures: Failures = None,
    interval: Narrow = None,
    explore: Explore = None,
    shrink: Shrink = False,
    workers: Workers = 1,
    cluster: Cluster = None,
    output: Output = None,
    shown: Show = None,
    html: Html = None,
    axes: Axes = None,
) -> None:
    """Run scenarios many times: with all combinations of seeds, parameters, drafts and waived rules.

    A PATH is an experiment file, which says all that options could say, or scenario files and folders. With an
    experiment only --seeds and --draft may be said, in place of those of the file, and --over. Results are a Parquet
    data set in DIR, a row a run, written as runs end. The same command again goes on where it stopped, however it was
    stopped. Needs mimi-simulator[report]. See `mimi-sim guide sweeps`.

    Exit codes: 0 nothing failed, 1 a run failed, 2 bad usage or file, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim sweep scenarios/experiments/fan-out-cost.yaml -o fan-out -j 2
        mimi-sim sweep scenarios/joins --seeds 1..1000 --failures 10 -o joins
        mimi-sim sweep scenarios/fanout/many-providers.yaml --set providers=3,6,12 --seeds 1..5 -o many
        mimi-sim sweep scenarios/resilience/random-operations.yaml --explore 50 --shrink -o explored
        mimi-sim sweep scenarios/joins --seeds 1..100000 --cluster tcp://scheduler:8786 -o joins
        mimi-sim sweep --show joins --html joins.html
    """
    from simulator.cli.arguments import assignments
    from simulator.cli.running.engine_choice import engine_of
    from simulator.cli.running.sweep_folder import show_folder

    try:
        _check_together(paths, output, shown, html, axes)
        if shown is not None:
            show_folder(shown)
            _write_page(shown, html, axes)
            return
        options = {
            "seeds": seeds, "drafts": drafts, "waive": waive,
            "repetitions": repeat, "failures": failures, "interval": interval, "explore": explore,
        }  # fmt: skip
        said = {name: str(value) for name, value in options.items() if value is not None}
        engine = engine_of(workers, cluster)
        experiment = _experiment(paths or ["scenarios"], said, assignments(settings or []))
        code = _sweep(experiment, over, output, engine, shrink=shrink, page=_Page(html, _names(axes)))
        _write_page(output, html, axes)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    raise typer.Exit(code)


def _check_together(
    paths: list[str] | None, output: Path | None, shown: Path | None, html: Path | None, axes: str | None
) -> None:
    """Raises SimulatorError for options of which one would mean nothing."""
    if axes is not None and html is None:
        raise SimulatorError("--axes says something of the page that --html writes, which is missing")
    if shown is not None and (paths or output is not None):
        raise SimulatorError("--show DIR shows the sweep in that folder: leave paths and -o out")


def _sweep(
    experiment: "Experiment",
    over: Path | None,
    output: Path | None,
    engine: "EngineMaker | None",
    *,
    shrink: bool,
    page: "_Page",
) -> Exit:
    from simulator.cli.running.externals import check_listening
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.running.many_runs import check_runs
    from simulator.extras import need
    from simulator.sweep.engines import InProcess
    from simulator.sweep.identity import identity
    from simulator.sweep.plan import plan
    from simulator.sweep.results import Results

    if output is None:
        raise SimulatorError("-o DIR is missing: where the results are kept")
    if over is not None and shrink:
        raise SimulatorError("--shrink writes files that say all there is, and no file says what your server does")
    check_working_folder(output)
    need("sweep")
    planned = plan(experiment, over)
    page.check(planned.settings)
    scenarios = [each.scenario for each in planned.settings.found]
    check_runs(scenarios, engine)
    check_listening(scenarios)
    code = _run(planned, Results(output, identity(planned)), (engine or InProcess)())
    if shrink and code in (Exit.failed, Exit.fault):
        _shrink(planned, output)
    return code


@dataclass(frozen=True, slots=True)
class _Page:
    """What is to be written in the end."""

    file: Path | None
    axes: Sequence[str]

    def check(self, settings: "Settings") -> None:
        """Whether that can be, before anything is run. Raises SimulatorError."""
        from simulator.extras import need
        from simulator.sweep.page.grids import check_axes
        from simulator.trace.saving import STDOUT

        if self.file is None:
            return
        need("report")
        if self.file != STDOUT and not self.file.parent.is_dir():
            raise SimulatorError(f"--html {self.file}: there is no folder {self.file.parent}")
        several = [name for name in settings.axes if len({each.axes.get(name) for each in settings.found}) > 1]
        check_axes(self.axes, several)


def _names(axes: str | None) -> list[str]:
    return [axis.strip() for axis in axes.split(",")] if axes else []


def _shrink(planned: "Plan", folder: Path) -> None:
    """Raises SimulatorError where a file can't be written."""
    from simulator.sweep.figures import look
    from simulator.sweep.shrinking.of_sweep import shrink_each

    console = TextConsole()
    for cause, said in shrink_each(planned, look(folder).failures, folder):
        console.show(f"{cause}\n  {said}")


def _experiment(paths: list[str], said: Mapping[str, str], settings: Mapping[str, str]) -> "Experiment":
    """Raises SimulatorError."""
    from simulator.drafts import registry
    from simulator.sweep.loading import REPLACED, is_experiment, of_words, read_file

    files = [path for path in paths if is_experiment(Path(path))]
    drafts = said["drafts"].split(",") if "drafts" in said else ()
    named = {"drafts": ",".join(registry.find(each).name for each in drafts)} if drafts else {}
    if not files:
        return of_words(paths, {**said, **named}, settings)
    if len(paths) > 1:
        raise SimulatorError(f"{files[0]} is an experiment: it is given alone")
    if set(said) - set(REPLACED) or settings:
        raise SimulatorError(
            f"{files[0]} is an experiment, which says itself what varies: leave all options out but --seeds and --draft"
        )
    return read_file(Path(files[0]), {**said, **named})


def _run(planned: "Plan", results: "Results", engine: "Engine") -> Exit:
    from simulator.cli.running.sweeping import run_displayed
    from simulator.sweep.exploring import explore
    from simulator.sweep.sweeping import sweep

    console = TextConsole()
    for why, number in planned.settings.left_out.items():
        console.show(f"left out: {why}" + (f" ({number} settings)" if number > 1 else ""))
    return run_displayed(planned, results, engine, explore if planned.experiment.explore else sweep)


def _write_page(folder: Path | None, file: Path | None, axes: str | None) -> None:
    """Raises SimulatorError."""
    from simulator.cli.output.console import say
    from simulator.cli.running.machine_checks import check_working_folder
    from simulator.cli.running.sweep_page import write_page
    from simulator.trace.saving import STDOUT

    if folder is None or file is None:
        return
    check_working_folder(file)
    traces = write_page(folder, file, _names(axes))
    if file != STDOUT:
        said = f", and {traces} trace{'s' if traces != 1 else ''} in {file.stem}-traces" if traces else ""
        say(f"{file}: the page{said}")
