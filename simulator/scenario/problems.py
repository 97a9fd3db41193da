"""What is wrong with a scenario file, said as a good compiler says it: place, line, caret, nearest valid name."""

import re
from dataclasses import dataclass

from simulator.errors import SimulatorError

_SHOWN = 140
"""How many characters of a source line are shown."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where something stands: line and column count from 1; `end` is the column behind it on the same line."""

    line: int
    column: int
    end: int


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file. Without a span the whole file is meant."""

    file: str
    message: str
    span: Span | None = None
    source: str = ""
    """The line of the file that `span` points into."""

    def __str__(self) -> str:
        if self.span is None:
            return f"{self.file}: {self.message}"
        head = f"{self.file}:{self.span.line}:{self.span.column}: {self.message}"
        margin = f"{self.span.line:>5} | "
        before = self.source[: self.span.column - 1]
        # A tab is repeated, so that the caret stands under its column whatever the tab's width.
        indent = "".join("\t" if character == "\t" else " " for character in before)
        width = max(min(self.span.end, len(self.source) + 1) - self.span.column, 1)
        shown = self.source if len(self.source) <= _SHOWN else self.source[:_SHOWN] + " ..."
        return f"{head}\n{margin}{_printable(shown)}\n{'':>5} | {indent}{'^' * width}"


class ScenarioFileError(SimulatorError):
    """One or more scenario files that can't be run; nothing of them was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Problems:
    """Collects the problems of one file, so that an author learns of all of them at once."""

    def __init__(self, file: str, text: str = "") -> None:
        self.file = file
        self.found: list[Problem] = []
        self._lines = re.split(r"\r\n|\n|\r", text)

    def add(self, span: Span | None, message: str) -> None:
        """Note a problem; the same one at the same place only once (an anchor's content may be read several times)."""
        source = self._lines[span.line - 1] if span and span.line <= len(self._lines) else ""
        problem = Problem(self.file, message, span, source)
        if problem not in self.found:
            self.found.append(problem)

    def raise_if_any(self) -> None:
        """Raise ScenarioFileError with everything found so far, in the order of the file."""
        if self.found:
            raise ScenarioFileError(tuple(sorted(self.found, key=_place)))


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


def _printable(line: str) -> str:
    return "".join(character if character.isprintable() or character == "\t" else "�" for character in line)
