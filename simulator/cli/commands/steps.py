"""`mimi-sim steps`."""

from typing import Annotated

import typer

from simulator.cli.console import complain, say
from simulator.cli.exits import Exit
from simulator.errors import hint


def _complete(incomplete: str) -> list[str]:
    from simulator.cli.reference import words

    return [word.name for word in words() if word.name.startswith(incomplete)]


def steps(
    keyword: Annotated[
        str | None,
        typer.Argument(
            metavar="KEYWORD",
            help="One step or expectation, with its fields.",
            autocompletion=_complete,
            show_default=False,
        ),
    ] = None,
) -> None:
    """List what can be written in a scenario: every step and every expectation.

    With a KEYWORD: all about this one, with its fields.

    Examples:

        mimi-sim steps
        mimi-sim steps forward
    """
    from simulator.cli.reference import full, short, words

    known = words()
    if keyword is None:
        for line in short(known):
            say(line)
        return
    wanted = [word for word in known if word.name == keyword]
    if not wanted:
        complain(
            f'unknown keyword "{keyword}"{hint(keyword, [word.name for word in known])}; "mimi-sim steps" lists all'
        )
        raise typer.Exit(Exit.usage)
    for word in wanted:
        for line in full(word):
            say(line)
