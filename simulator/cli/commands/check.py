"""`mimi-sim check`."""

from pathlib import Path
from typing import Annotated

import typer

from simulator.cli.arguments import Draft, Over, Paths, Set, assignments
from simulator.cli.exits import Exit
from simulator.cli.output.console import complain, say
from simulator.errors import SimulatorError

Fix = Annotated[bool, typer.Option("--fix", help="Rewrite what has another name now.")]


def check(paths: Paths = None, settings: Set = None, over: Over = None, draft: Draft = None, fix: Fix = False) -> None:
    """Say what is wrong with scenario files, without running anything.

    Every problem of every file is shown with its line and column. With --fix, words and paths that have other names
    now are rewritten first, in files of one's own; comments and layout stay. Exit codes: 0 nothing is wrong, 2
    something is.

    Examples:

        mimi-sim check
        mimi-sim check my.yaml --set members=5
        mimi-sim check my-scenarios --fix
    """
    from simulator.cli.running.selecting import find

    try:
        if fix:
            _rewrite(paths or ["scenarios"])
        found = find(paths or ["scenarios"], parameters=assignments(settings), over=over, draft=draft)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    files = len({scenario.file for scenario in found})
    say(f"{files} file{'s' if files != 1 else ''}, {len(found)} scenario{'s' if len(found) != 1 else ''}: all in order")


def _rewrite(paths: list[str]) -> None:
    """Put new words in the place of old ones, and say so. Raises SimulatorError for what can't be read or written."""
    from simulator.scenario.loading.fix_old_words import fix_file
    from simulator.scenario.loading.loader import files

    for path in dict.fromkeys(each for root in map(Path, paths) if root.exists() for each in files(root)):
        for fix in fix_file(path):
            say(f"{path}:{fix.span.line}:{fix.span.column}: {fix.old} -> {fix.new}")
