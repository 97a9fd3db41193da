"""`mimi-sim bench`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from simulator.cli.arguments import Json, Outputs
from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.cli.output.styled_line import Line
from simulator.errors import SimulatorError, hint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from simulator.bench import Figure, Row, Scale

Ids = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[ID...]", help="Rows by their IDs, or how these begin; all if not said.", show_default=False
    ),
]
Quick = Annotated[bool, typer.Option("--quick", help="Fewer rounds and shorter samples: minutes instead of many.")]
Plots = Annotated[
    Path | None,
    typer.Option("--plot", metavar="DIR", help="Measure costs that grow, and write a picture of each into DIR."),
]


def bench(
    ids: Ids = None, quick: Quick = False, json_file: Json = None, outputs: Outputs = None, plots: Plots = None
) -> None:
    """Measure what the simulator costs, each thing beside a baseline of the same run.

    Ours and the baseline take turns, round after round; figures are medians in which less is better. The ratio is the
    baseline, or the limit, divided by ours: the larger the better. A goal is met where the ratio is the goal or more;
    where it is not, the row says what is known to stand in the way, and which program of tests/benchmarks shows it.

    Exit codes: 0 measured, 2 bad usage, 3 the simulator's own fault, 130 interrupted.

    Examples:

        mimi-sim bench --quick
        mimi-sim bench request-bare fanout-growth
        mimi-sim bench mls --json bench.json -o bench.md
        mimi-sim bench command-start --plot plots
    """
    import trio

    from simulator.bench.documents import WRITERS
    from simulator.bench.samples import QUICK, WHOLE
    from simulator.cli.output.written_documents import documents, write
    from simulator.trace.saving import STDOUT

    scale = QUICK if quick else WHOLE
    try:
        rows, files = _chosen(ids or ()), documents(json_file, outputs or (), WRITERS)
        console = TextConsole(stderr=STDOUT in files)
        write(trio.run(_measured, rows, scale, console), files)
        if plots is not None:
            trio.run(_plotted, plots, scale)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    except KeyboardInterrupt:
        complain("interrupted")
        raise typer.Exit(Exit.interrupted) from None


def _chosen(ids: "Sequence[str]") -> "tuple[Row, ...]":
    """Raises SimulatorError for an ID that nothing begins with."""
    from simulator.bench.rows import ROWS

    for wanted in ids:
        if not any(_means(wanted, row.id) for row in ROWS):
            raise SimulatorError(f'unknown row "{wanted}"{hint(wanted, [row.id for row in ROWS])}')
    return tuple(row for row in ROWS if not ids or any(_means(wanted, row.id) for wanted in ids))


def _means(wanted: str, row: str) -> bool:
    """`request-bare` is `request-bare-1` and `request-bare-10`; `request-bare-1` is that alone."""
    return f"{row}-".startswith(f"{wanted}-")


async def _measured(rows: "Sequence[Row]", scale: "Scale", console: TextConsole) -> "list[Figure]":
    """What they come to, shown as they end where a program reads, and all together where somebody looks."""
    from simulator.bench import measure
    from simulator.cli.output.bench_table import line, render, summary

    figures = []
    with TextConsole(stderr=True).rich.status("") as status:
        for row in rows:
            status.update(row.id)
            figures.append(await measure(row, scale))
            if not console.on_terminal:
                console.print(line(figures[-1]), soft_wrap=True)
    if console.on_terminal:
        console.print(render(figures))
    console.show(Line(summary(figures), "bold"))
    return figures


async def _plotted(folder: Path, scale: "Scale") -> None:
    """Raises SimulatorError where a picture can't be made or written."""
    from simulator.bench.curves import CURVES
    from simulator.bench.plots import check_plots, draw
    from simulator.trace.saving import replace_file

    check_plots()
    with TextConsole(stderr=True).rich.status("") as status:
        for curve in CURVES:
            status.update(curve.id)
            drawn = draw(curve, await curve.measure(scale))
            try:
                folder.mkdir(parents=True, exist_ok=True)
                replace_file(folder / f"{curve.id}.svg", (drawn.encode(),))
            except OSError as error:
                raise SimulatorError(f"--plot {folder}: {error.strerror}") from None
