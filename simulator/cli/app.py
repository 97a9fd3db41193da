"""The root of the command line: what holds for every command. The commands themselves are in `commands/`."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from simulator.cli.commands import COMMANDS, TRACE_COMMANDS
from simulator.cli.exits import Exit
from simulator.cli.given_values import take_as_given
from simulator.cli.output.console import answer, complain, delivered
from simulator.docstrings import docstring

_MARKUP: Literal["markdown"] = "markdown"
"""How docstrings of commands are written."""


class _Command(TyperCommand):
    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments. Raises Exit for an empty text as a path: `Path` makes the working folder of it; and for
        an option by its former name.
        """
        if all(p.name != "debug" for p in self.params):  # `main` looks for it, whatever the command, as it tells people
            args = [word for word in args if word != "--debug"]
        if any(word.partition("=")[0] == "--profile" for word in args) and any(p.name == "draft" for p in self.params):
            complain("--profile is --draft now: the name of a draft, or the folder of a package that has one")
            raise typer.Exit(Exit.usage)
        take_as_given(self.get_params(ctx))
        given, *_ = self.make_parser(ctx).parse_args(args=list(args))
        paths = {name for name, type_ in get_type_hints(self.callback).items() if Path in (type_, *get_args(type_))}
        for parameter in self.params:
            if parameter.name in paths and given.get(parameter.name) == "":
                shown = parameter.metavar if parameter.param_type_name == "argument" else parameter.opts[0]
                complain(f'{shown}: "" is no path: write . for the working folder')
                raise typer.Exit(Exit.usage)
        return super().parse_args(ctx, args)

    def format_help(self, *arguments: Any) -> None:
        """Print the help. Raises Exit where it can't be written."""
        super().format_help(*arguments)
        delivered()


class _CommandsWhenCalled(MutableMapping[str, Any]):
    """Commands as typer makes them of functions, each when it is first asked for: nineteen have some 200 parameters."""

    def __init__(self, listed: Mapping[str, Callable[..., None]], made: Mapping[str, Any]) -> None:
        self._listed = listed
        self._made = dict(made)

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = _command(name, self._listed[name])
        return self._made[name]

    def __setitem__(self, name: str, command: Any) -> None:
        self._made[name] = command

    def __delitem__(self, name: str) -> None:
        del self._made[name]

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys((*self._listed, *self._made)))

    def __len__(self) -> int:
        return len({*self._listed, *self._made})


def _command(name: str, function: Callable[..., None]) -> Any:
    alone = typer.Typer(add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=_MARKUP)
    alone.command(name, cls=_Command, help=docstring(function))(function)
    return typer.main.get_command(alone)


class _Group(TyperGroup):
    LISTED: Mapping[str, Callable[..., None]]
    """Its commands, besides the groups in it."""

    def __init__(self, *, commands: Any = None, **options: Any) -> None:
        later: Any = _CommandsWhenCalled(self.LISTED, commands or {})  # typer wants a dict, and uses it as a mapping
        super().__init__(commands=later, **options)

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of its commands."""
        return list(self.commands)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take the arguments in front of the command."""
        take_as_given(self.get_params(ctx))
        return super().parse_args(ctx, args)

    def format_help(self, *arguments: Any) -> None:
        """Print the help. Raises Exit where it can't be written."""
        super().format_help(*arguments)
        delivered()


class _Root(_Group):
    LISTED = COMMANDS


class _Traces(_Group):
    LISTED = TRACE_COMMANDS


app = typer.Typer(
    cls=_Root,
    help="A multi-provider federation simulator for the IETF MIMI transport: real HTTPS, real MLS.",
    pretty_exceptions_enable=False,
    rich_markup_mode=_MARKUP,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

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


_trace = typer.Typer(
    cls=_Traces, help="Compare recorded runs, and turn them into what other tools read.", no_args_is_help=True
)
app.add_typer(_trace, name="trace")
