"""The root of the command line: what holds for every command. The commands themselves are in `commands/`."""

from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperCommand, TyperGroup

from simulator.cli.commands import COMMANDS, TRACE_COMMANDS
from simulator.cli.console import answer, delivered
from simulator.cli.exits import Exit
from simulator.docstrings import docstring


class _Command(TyperCommand):
    def format_help(self, *arguments: Any) -> None:
        """Print the help. Raises Exit where it can't be written."""
        super().format_help(*arguments)
        delivered()


class _Group(TyperGroup):
    def format_help(self, *arguments: Any) -> None:
        """Print the help. Raises Exit where it can't be written."""
        super().format_help(*arguments)
        delivered()


app = typer.Typer(
    cls=_Group,
    help="A multi-provider federation simulator for the IETF MIMI transport: real HTTPS, real MLS.",
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


def _show_version(wanted: bool) -> None:
    if wanted:
        answer(f"mimi-sim {version('mimi-simulator')}")
        raise typer.Exit(Exit.passed)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    show_version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        context.get_help()  # typer prints it


for _name, _command in COMMANDS.items():
    app.command(_name, cls=_Command, help=docstring(_command))(_command)

_trace = typer.Typer(
    cls=_Group, help="Compare recorded runs, and turn them into what other tools read.", no_args_is_help=True
)
for _name, _command in TRACE_COMMANDS.items():
    _trace.command(_name, cls=_Command, help=docstring(_command))(_command)
app.add_typer(_trace, name="trace")
