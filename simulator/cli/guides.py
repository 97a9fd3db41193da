"""The guides that ship with the package, and the page of a draft: Markdown, shown in a terminal.

A guide is a file and a line in `GUIDES`.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markdown import CodeBlock, Heading, Markdown
from rich.text import Text

from simulator.drafts.draft import Draft
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
    "change": _PACKAGE / "guides" / "change.md",
    "own-draft": _PACKAGE / "guides" / "own-draft.md",
    "compare": _PACKAGE / "guides" / "compare.md",
    "ablation": _PACKAGE / "guides" / "ablation.md",
    "network": _PACKAGE / "guides" / "network.md",
    "sweeps": _PACKAGE / "guides" / "sweeps.md",
    "fuzzing": _PACKAGE / "guides" / "fuzzing.md",
    "long-runs": _PACKAGE / "guides" / "long-runs.md",
}
PROTOCOL = "protocol"
"""The page that a draft brings itself."""


def pages(draft: Draft) -> dict[str, Path]:
    """All that there is to read, by name."""
    return GUIDES if draft.page is None else {**GUIDES, PROTOCOL: draft.page}


def titles(draft: Draft) -> Iterator[str]:
    """A line for each guide: its name, and its title."""
    found = pages(draft)
    width = max(map(len, found))
    for name, path in found.items():
        with path.open(encoding="utf-8") as file:
            yield f"{name:<{width}}  {file.readline().removeprefix('# ').strip()}"


def shown(name: str, draft: Draft, width: int, *, colour: bool) -> str:
    """A guide as text for a terminal of this width. Raises SimulatorError where there is none of this name."""
    found = pages(draft)
    if name not in found:
        raise SimulatorError(f'there is no guide "{name}"{hint(name, found)}; there are: {", ".join(found)}')
    source = found[name].read_text(encoding="utf-8")
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
