"""`mimi-sim trace export`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, delivered, say
from simulator.errors import SimulatorError, hint

if TYPE_CHECKING:
    from simulator.trace.exports import Export


def _list_formats(wanted: bool) -> None:
    if wanted:
        answer("\n".join(_formats()))
        raise typer.Exit(Exit.passed)


def _list_columns(wanted: bool) -> None:
    from simulator.trace import tables

    if wanted:
        for name, columns in (("exchanges", tables.EXCHANGES), ("events", tables.EVENTS)):
            answer(name)
            for column in columns:
                answer(f"  {column.name:<16} {column.sort:<7} {column.meaning}")
        raise typer.Exit(Exit.passed)


def trace_export(
    traces: Annotated[Path, typer.Argument(metavar="DIR", help="A folder of `run --trace`, or one trace in it.")],
    to: Annotated[str, typer.Option(metavar="har|pcapng|parquet|mermaid|jsonl", help="What to write.")],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="PATH", help="The file or folder to write; - is standard output."),
    ],
    formats: Annotated[
        bool, typer.Option("--formats", help="Say what each is, and exit.", callback=_list_formats, is_eager=True)
    ] = False,
    columns: Annotated[
        bool,
        typer.Option("--columns", help="List the tables' columns, and exit.", callback=_list_columns, is_eager=True),
    ] = False,
) -> None:
    """Turn a run's traces into what other tools read: browsers, Wireshark, DuckDB, Mermaid, jq.

    What is at PATH already is replaced. Traces of runs that crashed, or are still going on, are exported as far as they
    go. Exit codes: 0 written, 2 bad usage.

    Examples:

        mimi-sim trace export traces --to pcapng -o run.pcapng

        mimi-sim trace export traces --to parquet -o tables

        mimi-sim trace export traces --to jsonl -o - | jq 'select(.event == "exchange") | .response.decoded'
    """
    from simulator import extras
    from simulator.cli.running.traces import spare
    from simulator.trace import read_all
    from simulator.trace.saving import STDOUT

    try:
        export = _export(to)
        if export.needs is not None:
            extras.need(export.needs)
        found = read_all(traces)
        spare(traces, output)
        export.write(found, output)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if output == STDOUT:
        delivered()
        return
    scenarios = _count(len(found), "scenario")
    messages = _count(sum(len(trace.exchanges) for trace in found), "message")
    say(f"{output}: {scenarios}, {messages}, {_size(output) / 1e6:.1f} MB")


def _formats() -> list[str]:
    from simulator.trace.exports import EXPORTS

    return [f"{export.name:<8} {export.about}" for export in EXPORTS]


def _export(name: str) -> "Export":
    """Raises SimulatorError."""
    from simulator.trace.exports import EXPORTS

    known = {export.name: export for export in EXPORTS}
    if name not in known:
        listed = "\n".join(f"  {line}" for line in _formats())
        raise SimulatorError(f'--to: there is no format "{name}"{hint(name, known)}; there are\n{listed}')
    return known[name]


def _size(output: Path) -> int:
    files = output.iterdir() if output.is_dir() else [output]
    return sum(file.stat().st_size for file in files)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
