"""`mimi-sim run`."""

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.console import Out, complain
from simulator.cli.exits import Exit
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.scenario import Scenario, ScenarioResult


def run(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Scenario files and folders.", show_default="scenarios"),
    ] = None,
    seed: Annotated[
        int | None, typer.Option(min=0, max=2**63 - 1, help="Use this seed instead of the one in each file.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write all results to FILE as JSON.")
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of the simulator's own faults.")] = False,
) -> None:
    """Run scenarios: each in a federation of its own, step by step.

    Exit codes: 0 all passed, 1 a scenario failed, 2 bad usage or a bad scenario file (nothing was run), 3 the
    simulator's own fault, 130 interrupted.
    """
    from simulator.scenario import load, to_json

    try:
        _check_writable(json_file)
        scenarios = load(paths or [Path("scenarios")])
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    results = _run(scenarios, seed, debug=debug)
    if json_file is not None and not _write_json(json_file, to_json(results)):
        raise typer.Exit(Exit.usage)
    raise typer.Exit(_exit_code(results))


def _run(scenarios: tuple["Scenario", ...], seed: int | None, *, debug: bool) -> tuple["ScenarioResult", ...]:
    import trio

    from simulator.cli.lines import summary
    from simulator.cli.progress import Display
    from simulator.cli.running import Interrupted, run_all

    console = Out(highlight=False)
    try:
        with Display(console, scenarios, debug=debug) as display:
            results = trio.run(run_all, scenarios, seed, display)
    except Interrupted:
        complain("interrupted")
        raise typer.Exit(Exit.interrupted) from None
    console.print(summary(results), soft_wrap=True)
    return results


def _exit_code(results: tuple["ScenarioResult", ...]) -> Exit:
    from simulator.scenario import Result

    found = {result.result for result in results}
    if Result.fault in found:
        return Exit.fault
    return Exit.failed if Result.failed in found else Exit.passed


def _check_writable(file: Path | None) -> None:
    """Before the work, not after it. Raises SimulatorError."""
    if file is None:
        return
    if file.is_dir():
        raise SimulatorError(f"--json {file}: this is a folder")
    target = file if file.exists() else file.parent
    if not target.exists():
        raise SimulatorError(f"--json {file}: there is no folder {file.parent}")
    if not os.access(target, os.W_OK):
        raise SimulatorError(f"--json {file}: not allowed to write there")


def _write_json(file: Path, content: dict[str, Any]) -> bool:
    """Whether that worked; if not, it is said why."""
    try:
        file.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        complain(f"--json {file}: {error.strerror}")
        return False
    return True
