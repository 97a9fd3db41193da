"""`mimi-sim steps`."""

import shutil
from collections.abc import Iterable
from typing import Annotated

import typer

from simulator.cli.arguments import Draft
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain
from simulator.errors import hint

_NARROWEST = 20
"""No text can be read in fewer columns."""


def _complete(incomplete: str) -> list[str]:
    from simulator.cli.output.reference import words

    return [word.name for word in words() if word.name.startswith(incomplete)]


def steps(
    keywords: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="KEYWORD",
            help="Steps, expectations, faults or fields of a file, each with its own fields.",
            autocompletion=_complete,
            show_default=False,
        ),
    ] = None,
    draft: Draft = None,
) -> None:
    """List what can be written in a scenario: every step, every expectation, every fault, and what a file says
    around them.

    With KEYWORDs: all about these, with their fields.

    Examples:

        mimi-sim steps
        mimi-sim steps capture forward
        mimi-sim steps topology matrix expect
    """
    from simulator.cli.output.reference import full, short, words

    known = words()
    if not keywords:
        _print(short(known))
        return
    names = [word.name for word in known]
    unknown = [keyword for keyword in keywords if keyword not in names]
    for keyword in unknown:
        complain(f'unknown keyword "{keyword}"{hint(keyword, names)}; "mimi-sim steps" lists all')
    if unknown:
        raise typer.Exit(Exit.usage)
    for place, keyword in enumerate(dict.fromkeys(keywords)):
        if place:
            answer("")
        _print(line for word in known if word.name == keyword for line in full(word))


def _print(lines: Iterable[str]) -> None:
    from simulator.cli.output.reference import wrapped

    width = max(shutil.get_terminal_size().columns, _NARROWEST)
    answer("\n".join(part for line in lines for part in wrapped(line, width)))
