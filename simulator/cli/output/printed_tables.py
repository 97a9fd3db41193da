"""A table that is printed, its summary below, and written to files: what the commands that make one share."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Protocol, TypeVar

from rich.console import RenderableType
from rich.text import Text

from simulator.cli.output.console import TextConsole
from simulator.cli.output.written_documents import write
from simulator.trace.saving import STDOUT

T = TypeVar("T")
T_contra = TypeVar("T_contra", contravariant=True)


class Render(Protocol[T_contra]):
    """What to print of a table, one after the other: for people, or a line each for programs."""

    def __call__(self, table: T_contra, /, *, as_tables: bool) -> Iterator[RenderableType]: ...


def show(
    table: T, render: Render[T], summary: Callable[[T], Iterator[Text]], files: Mapping[Path, Callable[[T], str]]
) -> None:
    """Print it, on standard error where a file is standard output. Raises SimulatorError where one can't be written."""
    console = TextConsole(stderr=STDOUT in files)
    for part in render(table, as_tables=console.on_terminal):
        console.print(part, soft_wrap=not console.on_terminal)
    for line in summary(table):
        console.show(line)
    write(table, files)
