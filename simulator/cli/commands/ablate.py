"""`mimi-sim ablate`."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from simulator.cli.arguments import Draft, Json, Paths, Workers, complete_rule, found_draft
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.scenario import Scenario
    from simulator.scenario.ablation import Ablation, Subject

Rules = Annotated[
    list[str] | None,
    typer.Option(
        "--rule",
        metavar="ID",
        help="Only this rule, or the rules of this requirement.",
        autocompletion=complete_rule,
        show_default=False,
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write the table to FILE, by its suffix .html, .md or .json."),
]


def ablate(
    paths: Paths = None,
    rules: Rules = None,
    workers: Workers = 1,
    draft: Draft = None,
    json_file: Json = None,
    output: Output = None,
) -> None:
    """Take each rule away in turn, and show which scenarios notice: what it stops.

    Nobody keeps the rule then, in each scenario in which something breaks it. Where none notices, it is tried which
    other rules refuse the same; see `mimi-sim guide ablation`.

    Exit codes: 0 each rule is noticed or explained, 1 one is neither, 2 bad usage, a bad scenario file or a scenario
    that does not pass with every rule kept, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim ablate -j 4
        mimi-sim ablate scenarios/malicious --rule T-SECURITY-RECIPIENT
        mimi-sim ablate -j 4 --json ablation.json -o ablation.html
        mimi-sim ablate mine --draft ./my_draft
    """
    from simulator.cli.output.written_documents import documents
    from simulator.cli.running.ablating import check_ports, speaking
    from simulator.cli.running.machine_checks import check_temporary_folder, check_working_folder
    from simulator.cli.running.selecting import find
    from simulator.drafts import DRAFTS
    from simulator.scenario.ablation import chosen, subjects
    from simulator.scenario.ablation.page import WRITERS

    try:
        spoken = found_draft(draft) or DRAFTS[0]
        known = subjects(spoken)
        wanted = chosen(known, rules or ())
        files = documents(json_file, () if output is None else (output,), WRITERS)
        check_working_folder(*files)
        scenarios = speaking(find(paths or ["scenarios"], draft=draft), spoken.name)
        check_ports(scenarios if workers > 1 else ())
        check_temporary_folder(scenarios)
        found = _run(wanted, known, scenarios, spoken.name, workers)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    _show(found, files)
    raise typer.Exit(Exit.failed if found.holes else Exit.passed)


def _run(
    wanted: "Sequence[Subject]",
    known: "Sequence[Subject]",
    scenarios: "Sequence[Scenario]",
    draft: str,
    workers: int,
) -> "Ablation":
    """Raises SimulatorError, and Exit where somebody interrupts it."""
    import trio

    from simulator.cli.running.ablating import run_ablation
    from simulator.cli.running.progress_bar import Bar
    from simulator.cli.running.running import Interrupted
    from simulator.scenario.ablation import Ablation

    try:
        with Bar(TextConsole(stderr=True)) as bar:
            rows = trio.run(run_ablation, wanted, known, scenarios, bar, workers)
    except Interrupted:
        complain(f"interrupted: {bar.runs} run{'s' if bar.runs != 1 else ''} had ended")
        raise typer.Exit(Exit.interrupted) from None
    return Ablation(draft, len(scenarios), rows)


def _show(found: "Ablation", files: "dict[Path, Callable[[Ablation], str]]") -> None:
    from simulator.cli.output.ablation_table import render
    from simulator.cli.output.written_documents import write
    from simulator.trace.saving import STDOUT

    console = TextConsole(stderr=STDOUT in files)
    for part in render(found, as_tables=console.on_terminal):
        console.print(part, soft_wrap=not console.on_terminal)
    console.show(Text(found.summary, style="bold"))
    for line in found.details:
        console.show(f"  {line}")
    try:
        write(found, files)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
