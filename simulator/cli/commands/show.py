"""`mimi-sim show`."""

from typing import Annotated

import typer

from simulator.cli.arguments import Draft, One, Set, assignments
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, emit
from simulator.errors import SimulatorError
from simulator.printable import printable


def show(
    scenario: One,
    settings: Set = None,
    draft: Draft = None,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Print a Mermaid sequence diagram instead.")] = False,
) -> None:
    """Show what a scenario is about: who takes part, what happens, what must come of it.

    Nothing is run.

    Examples:

        mimi-sim show scenarios/malicious/forwarded-deliver-message.yaml
        mimi-sim show 'scenarios/fanout/many-providers.yaml[providers=3,http2=true]' --mermaid > many.mmd
    """
    from simulator.cli.output.mermaid import diagram
    from simulator.cli.output.outline import outline
    from simulator.cli.running.selecting import find

    try:
        found = find([scenario], parameters=assignments(settings), draft=draft)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    for number, each in enumerate(found):
        gap = [""] if number else []
        if mermaid:
            emit("".join(f"{line}\n" for line in (*gap, *diagram(each))))
        else:
            answer("\n".join(printable(line) for line in (*gap, *outline(each))))
