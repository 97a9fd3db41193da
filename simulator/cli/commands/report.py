"""`mimi-sim report`."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, delivered, say
from simulator.errors import SimulatorError


def report(
    traces: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of `run --trace`, or one trace in it.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The page to write.")] = Path(
        "report.html"
    ),
    text: Annotated[
        bool, typer.Option("--text", help="Print who learned whom and what became of tokens instead of making a page.")
    ] = False,
) -> None:
    """Make one HTML page of a run: verdicts, sequence diagrams, every message down to its fields, plots.

    The page needs no network and no other file; any browser of these years opens it, also from a disk.

    Examples:

        mimi-sim run --trace traces

        mimi-sim report traces -o report.html

        mimi-sim report traces --text
    """
    from simulator import extras
    from simulator.cli.running.traces import spare
    from simulator.trace import read_all
    from simulator.trace.report import report_lines, write
    from simulator.trace.saving import STDOUT

    try:
        if text:
            answer("\n\n".join("\n".join(report_lines(trace)) for trace in read_all(traces)))
            return
        extras.need("report")
        found = read_all(traces)
        spare(traces, output)
        written = write(found, output)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    scenarios, messages = _count(written.scenarios, "scenario"), _count(written.exchanges, "message")
    if output == STDOUT:
        delivered()
        return
    say(f"{output}: {scenarios}, {messages}, {written.size / 1e6:.1f} MB")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
