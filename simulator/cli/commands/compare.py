"""`mimi-sim compare`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from simulator.cli.arguments import Json, Paths, Workers, complete_draft, complete_rule
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.comparing import Wanted
    from simulator.scenario.comparison import Comparison

Drafts = Annotated[
    list[str] | None,
    typer.Option(
        "--draft",
        metavar="NAME|PATH",
        help="A draft to compare, by name or by the folder of its package, once for each; all if not said.",
        autocompletion=complete_draft,
        show_default=False,
    ),
]
Waived = Annotated[
    list[str] | None,
    typer.Option(
        "--waive",
        metavar="ID",
        help="Also compare each draft that has this rule with itself without it.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]
Outputs = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Write the table to FILE, by its suffix .html, .md, .json or .svg; once for each.",
        show_default=False,
    ),
]


def compare(
    paths: Paths = None,
    drafts: Drafts = None,
    waived: Waived = None,
    workers: Workers = 1,
    json_file: Json = None,
    outputs: Outputs = None,
) -> None:
    """Show what becomes of each attack in each draft: blocked, visible, or it succeeds.

    Steps are run whatever a file expects of them. An attack is judged by who refuses, by what is another way at honest
    providers and clients afterwards, and by what these notice; see `mimi-sim guide compare`.

    Exit codes: 0 compared, 2 bad usage or a bad scenario file, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim compare scenarios/malicious -j 4
        mimi-sim compare --draft mimi-transport-00 --draft mimi-transport-01 scenarios/malicious -o comparison.html
        mimi-sim compare --draft mimi-transport-00 --waive T-SECURITY-RECIPIENT scenarios/malicious
        mimi-sim compare --draft mimi-transport-00 --draft ./my_draft --json -
    """
    from simulator.cli.output.written_documents import documents
    from simulator.cli.running.ablating import check_ports
    from simulator.cli.running.comparing import wanted
    from simulator.cli.running.machine_checks import check_temporary_folder, check_working_folder
    from simulator.scenario.comparison.page import WRITERS

    try:
        files = documents(json_file, outputs or (), WRITERS)
        check_working_folder(*files)
        asked_for = wanted(paths or ["scenarios/malicious"], drafts or (), waived or ())
        scenarios = [scenario for _, found in asked_for for scenario in found]
        check_ports(scenarios if workers > 1 else ())
        check_temporary_folder(scenarios)
        found, broken = _run(asked_for, workers)
        _show(found, files)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    for sentence in broken:
        complain(sentence)
    raise typer.Exit(Exit.fault if broken else Exit.passed)


def _run(asked_for: "Wanted", workers: int) -> "tuple[Comparison, tuple[str, ...]]":
    """Raises SimulatorError, and Exit where somebody interrupts it."""
    import trio

    from simulator.cli.running.comparing import run_comparison
    from simulator.cli.running.progress_bar import Bar
    from simulator.cli.running.running import Interrupted

    try:
        with Bar(TextConsole(stderr=True)) as bar:
            return trio.run(run_comparison, asked_for, bar, workers)
    except Interrupted:
        complain(f"interrupted: {bar.runs} run{'s' if bar.runs != 1 else ''} had ended")
        raise typer.Exit(Exit.interrupted) from None


def _show(found: "Comparison", files: "dict[Path, Callable[[Comparison], str]]") -> None:
    """Raises SimulatorError where a file can't be written."""
    from simulator.cli.output.comparison_table import render
    from simulator.cli.output.written_documents import write
    from simulator.trace.saving import STDOUT

    console = TextConsole(stderr=STDOUT in files)
    for part in render(found, as_tables=console.on_terminal):
        console.print(part, soft_wrap=not console.on_terminal)
    for line in found.summary:
        console.show(Text(line, style="bold"))
    write(found, files)
