"""The guides that ship with the package: Markdown, shown in a terminal. A guide is a file and a line in `GUIDES`."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.text import Text

from simulator.errors import SimulatorError, hint

_PACKAGE = Path(__file__).parents[1]
_WIDEST = 100
"""Columns of text beyond which nobody finds the next line."""
_INDENT = "    "
_FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_CODE = re.compile(r"(?<!`)`([^`]+)`(?!`)")

GUIDES = {
    "language": _PACKAGE / "guides" / "language.md",
    "traffic": _PACKAGE / "guides" / "traffic.md",
    "serve": _PACKAGE / "guides" / "serve.md",
    "own-server": _PACKAGE / "guides" / "own-server.md",
    "python": _PACKAGE / "guides" / "python.md",
    "long-runs": _PACKAGE / "guides" / "long-runs.md",
    "protocol": _PACKAGE / "drafts" / "mimi_transport_00" / "PROTOCOL.md",
}


def titles() -> Iterator[str]:
    """A line for each guide: its name, and its title."""
    width = max(map(len, GUIDES))
    for name, path in GUIDES.items():
        with path.open(encoding="utf-8") as file:
            yield f"{name:<{width}}  {file.readline().removeprefix('# ').strip()}"


def shown(name: str, width: int, *, colour: bool) -> str:
    """A guide as text for a terminal of this width. Raises SimulatorError where there is none of this name."""
    if name not in GUIDES:
        raise SimulatorError(f'there is no guide "{name}"{hint(name, GUIDES)}; there are: {", ".join(GUIDES)}')
    source = GUIDES[name].read_text(encoding="utf-8")
    console = Console(file=io.StringIO(), width=min(width, _WIDEST), force_terminal=colour, no_color=not colour)
    with console.capture() as captured:
        console.print(_Page(source if colour else _quoted(source)), crop=False)
    return "\n".join(line.rstrip() for line in captured.get().splitlines()).strip("\n") + "\n"


def _quoted(source: str) -> str:
    """Where there is no colour, words of code keep the marks that they have in the source."""
    parts = _FENCED.split(source)
    return "".join(part if place % 2 else _CODE.sub(r"`` `\1` ``", part) for place, part in enumerate(parts))


class _Heading(Heading):
    """At the left, as the text."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        self.text.justify = "left"
        yield self.text


class _Code(CodeBlock):
    """Word for word and never broken, however narrow the terminal is: it is there to be copied."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        lines = str(self.text).rstrip("\n").split("\n")
        yield Text("\n".join(f"{_INDENT}{line}" for line in lines), no_wrap=True, overflow="ignore", style="cyan")


class _Page(Markdown):
    elements = {**Markdown.elements, "heading_open": _Heading, "fence": _Code, "code_block": _Code}
