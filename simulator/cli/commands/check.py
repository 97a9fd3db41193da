"""`mimi-sim check`."""

import typer

from simulator.cli.arguments import Draft, Over, Paths, Set, assignments
from simulator.cli.console import complain, say
from simulator.cli.exits import Exit
from simulator.errors import SimulatorError


def check(paths: Paths = None, settings: Set = None, over: Over = None, draft: Draft = None) -> None:
    """Say what is wrong with scenario files, without running anything.

    Every problem of every file is shown with its line and column. Exit codes: 0 nothing is wrong, 2 something is.

    Examples:

        mimi-sim check
        mimi-sim check my.yaml --set members=5
    """
    from simulator.cli.selecting import find

    try:
        found = find(paths or ["scenarios"], parameters=assignments(settings), over=over, draft=draft)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    files = len({scenario.file for scenario in found})
    say(f"{files} file{'s' if files != 1 else ''}, {len(found)} scenario{'s' if len(found) != 1 else ''}: all in order")
