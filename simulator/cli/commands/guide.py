"""`mimi-sim guide`."""

import os
import shutil
import sys
from typing import Annotated

import typer

from simulator.cli.arguments import Draft, found_draft
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain
from simulator.errors import SimulatorError


def _complete(incomplete: str) -> list[str]:
    from simulator.cli.guides import pages
    from simulator.drafts import DRAFTS

    return [name for name in pages(DRAFTS[0]) if name.startswith(incomplete)]


def guide(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which guide.", autocompletion=_complete, show_default=False),
    ] = None,
    draft: Draft = None,
) -> None:
    """Read a guide, or list them.

    `protocol` is the page of the draft. In a terminal a guide is shown page by page, elsewhere as plain text; lines are
    as long as there is room for.

    Examples:

        mimi-sim guide
        mimi-sim guide language
        mimi-sim guide protocol | grep -n refused
    """
    from simulator.cli.guides import shown, titles
    from simulator.drafts import DRAFTS

    chosen = found_draft(draft) or DRAFTS[0]
    if name is None:
        for line in titles(chosen):
            answer(line)
        return
    terminal = sys.stdout.isatty()
    try:
        text = shown(name, chosen, shutil.get_terminal_size().columns, colour=terminal)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    if terminal:
        import pydoc

        os.environ.setdefault("LESS", "FRX")  # colours, and no page where all fits
        pydoc.pager(text)
    else:
        answer(text.removesuffix("\n"))
