"""`mimi-sim coverage`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Draft, Over, Paths, found_draft
from simulator.cli.arguments import seed as as_seed
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.cli.output.styled_line import Line
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.scenario import Scenario, ScenarioResult
    from simulator.scenario.coverage import Coverage


Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the table to FILE, by its suffix .md, .json or .csv."),
]


def coverage(
    paths: Paths = None,
    draft: Draft = None,
    run: Annotated[bool, typer.Option("--run", help="Run the scenarios too, and show what is seen.")] = False,
    seed: Annotated[
        int | None,
        typer.Option(parser=as_seed, metavar="SEED", help="With --run: use this seed, not that in each file."),
    ] = None,
    over: Over = None,
    output: Output = None,
) -> None:
    """Show which of a draft's requirements the scenarios claim to cover; with --run also which are seen, and where.

    Rules of RFC 9420 and others that belong to no draft are listed behind. In a draft of the simulator's own, those
    that can be switched off are to be claimed, too.

    Exit codes: 0 each requirement is claimed or has a reason why not, and what is claimed is seen; 1 one has neither, a
    claim is not seen, or a scenario failed; 2 bad usage or a bad scenario file, 3 the simulator's own fault, 130
    interrupted.

    Examples:

        mimi-sim coverage
        mimi-sim coverage scenarios --run -o coverage.md
        mimi-sim coverage --run --over my-server.yaml -o my-server.md
    """
    from simulator.cli.output.coverage_table import render
    from simulator.cli.running.externals import check_listening
    from simulator.cli.running.machine_checks import check_temporary_folder, check_working_folder
    from simulator.cli.running.selecting import find, with_externals
    from simulator.drafts import DRAFTS
    from simulator.scenario.coverage import coverage as measure

    try:
        wanted = found_draft(draft) or DRAFTS[0]
        check_working_folder(output)
        _check_output(output)
        scenarios = find(paths or ["scenarios"], over=over, draft=draft)
        to_run = scenarios if over is None else with_externals(scenarios, over)
        check_temporary_folder(to_run if run else ())
        check_listening(to_run if run else ())
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    results = _run(to_run, seed, over, draft) if run else ()
    measured = measure(wanted, scenarios, results)
    console = TextConsole()
    if output is None:
        for part in render(measured, as_tables=console.on_terminal):
            console.print(part, soft_wrap=not console.on_terminal)
    else:
        _write(output, measured)
    console.show(Line(measured.summary, "bold"))
    raise typer.Exit(_exit_code(measured, results))


def _check_output(file: Path | None) -> None:
    """Before the work, not after it. Raises SimulatorError."""
    from simulator.scenario.coverage_files import WRITERS

    if file is None:
        return
    if file.suffix not in WRITERS:
        raise SimulatorError(f"-o {file}: the suffix says how to write it: {', '.join(WRITERS)}")
    if not file.parent.is_dir():
        raise SimulatorError(f"-o {file}: there is no folder {file.parent}")


def _run(
    scenarios: tuple["Scenario", ...], seed: int | None, over: Path | None, draft: str | None
) -> tuple["ScenarioResult", ...]:
    import trio

    from simulator.cli.running.jobs import jobs
    from simulator.cli.running.progress import Display, DisplayOptions
    from simulator.cli.running.running import Interrupted, run_all

    said = {"--over": over, "--draft": draft}
    again = tuple(word for option, value in said.items() if value is not None for word in (option, str(value)))
    options = DisplayOptions(options=again)
    try:
        with Display(TextConsole(), scenarios, options, len(scenarios)) as display:
            return tuple(ran.result for ran in trio.run(run_all, jobs(scenarios, seed, 1), display))
    except Interrupted:
        complain("interrupted")
        raise typer.Exit(Exit.interrupted) from None


def _write(file: Path, measured: "Coverage") -> None:
    from simulator.scenario.coverage_files import WRITERS
    from simulator.trace.saving import replace_file

    try:
        replace_file(file, (WRITERS[file.suffix](measured).encode(),))
    except OSError as error:
        complain(f"-o {file}: {error.strerror}")
        raise typer.Exit(Exit.usage) from None


def _exit_code(measured: "Coverage", results: tuple["ScenarioResult", ...]) -> Exit:
    from simulator.scenario import Result

    found = {result.result for result in results}
    if Result.fault in found:
        return Exit.fault
    return Exit.failed if measured.holes or measured.not_shown or Result.failed in found else Exit.passed
