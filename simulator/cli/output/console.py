"""Where the command line writes. Each text goes one of these ways:

    emit      for programs: UTF-8 as it stands, whatever the terminal, its width and the encoding of the stream
    answer    for people: the lines that a command was asked for
    say       for people: what is said about work that is done
    complain  for people, on standard error
    TextConsole  for people, where there are colours, tables or a line that moves

What people read is word for word: nothing in it is markup, the name of an emoji or cut at a width. A command whose
answer can't be written has failed, with exit code 2; work that is done is done, also if nobody can be told.
"""

import os
import re
import sys
from functools import cached_property
from typing import TYPE_CHECKING, TextIO, Union

import typer

from simulator.cli.exits import Exit
from simulator.cli.output.streams import output
from simulator.cli.output.styled_line import Line
from simulator.printable import REPLACEMENT, printable_lines

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

_FORCING = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""What asks rich for the colours of a terminal where there is none."""

_SURROGATES = re.compile("[\ud800-\udfff]")


class TextConsole:
    """Standard output, or standard error, with colours where whoever reads it wants them. rich is imported where
    something needs it.
    """

    def __init__(self, *, stderr: bool = False) -> None:
        self._stderr = stderr
        stream = self._stream
        self.on_terminal = stream is not None and stream.isatty()
        """Whether it is a real terminal: FORCE_COLOR asks for colours, and for nothing else that a terminal does."""

    @property
    def _stream(self) -> TextIO | None:
        return sys.stderr if self._stderr else sys.stdout

    @cached_property
    def rich(self) -> "Console":
        """What renders tables, styles and bars."""
        from rich.console import Console

        interactive = None if self.on_terminal else False
        return Console(
            stderr=self._stderr,
            markup=False,
            emoji=False,
            highlight=False,
            soft_wrap=True,
            force_interactive=interactive,
        )

    @property
    def is_animated(self) -> bool:
        """Whether lines may be drawn over."""
        if not self.on_terminal:
            return False
        return self.rich.is_terminal and self.rich.is_interactive and not self.rich.is_dumb_terminal

    def print(self, renderable: "RenderableType", *, soft_wrap: bool | None = None) -> None:
        """What rich renders."""
        self.rich.print(renderable, soft_wrap=soft_wrap)

    def show(self, text: Union[str, Line, "Text"]) -> None:
        """A line, or several; what is not printable is replaced."""
        if not self.on_terminal and not any(map(os.environ.get, _FORCING)):
            _print(text if isinstance(text, str) else text.plain, self._stream)
            return
        from rich.text import Text

        if isinstance(text, Line):
            said = Text.assemble(*text, style=text.style)
        else:
            said = Text(text) if isinstance(text, str) else text.copy()
        said.plain = printable_lines(said.plain)
        self.print(said)


def emit(text: str) -> None:
    """Write a document for programs. Raises Exit where it can't be written."""
    write_bytes(utf8(text))
    delivered()


def answer(text: str) -> None:
    """Print the lines that were asked for. Raises Exit where they can't be written."""
    say(text)
    delivered()


def say(text: str) -> None:
    """Print a line on standard output."""
    _print(text, sys.stdout)


def complain(message: str) -> None:
    """Print a line on standard error."""
    _print(message, sys.stderr)


def delivered() -> None:
    """Raises Exit where something is lost that was written to standard output."""
    end = output()
    if end is not None and end.has_failed:
        raise typer.Exit(Exit.usage)


def write_bytes(data: bytes) -> None:
    """Write a document for programs that is bytes already."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def utf8(text: str) -> bytes:
    """A text for programs; file names that are no text have surrogates, which UTF-8 has not."""
    return _SURROGATES.sub(REPLACEMENT, text).encode()


def _print(text: str, stream: TextIO | None) -> None:
    if stream is not None:
        print(printable_lines(text), file=stream, flush=True)
