"""What is wrong with a scenario file, said as a good compiler says it: place, line, caret, nearest valid name."""

import re
from collections.abc import Iterator

from msgspec import Struct

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.printable import printable

_LINE_END = re.compile(r"\r\n|\n|\r")
_SHOWN = 140
"""How many characters of a source line are shown."""
_LONGEST = 1000
"""How many of a message: it may quote the file."""
_BEFORE = 60
"""How many of them in front of the problem, where the line is longer."""


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one file."""

    file: str
    lines: tuple[str, ...] = ("",)
    included: "Span | None" = None
    """Where another file includes this one, if that is why it is read."""

    @classmethod
    def of(cls, file: str, text: str, included: "Span | None" = None) -> "Source":
        """From a file's name and text."""
        return cls(file, tuple(_LINE_END.split(text)), included)

    def line(self, span: "Span | None") -> str:
        """The line that a span points into; nothing for none."""
        return self.lines[span.line - 1] if span and span.line <= len(self.lines) else ""


class Span(Struct, frozen=True, eq=False):
    """Where something stands: line and column count from 1; `end` is the column behind it on the same line."""

    line: int
    column: int
    end: int
    source: Source | None = None
    """None is the file that is being read."""
    note: str = ""
    """What else one must know of what stands here, such as a parameter's value."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self._place == other._place

    def __hash__(self) -> int:
        return hash(self._place)

    def __repr__(self) -> str:
        return f"Span(line={self.line}, column={self.column}, end={self.end}, note={self.note!r})"

    @property
    def _place(self) -> tuple[int, int, int]:
        return self.line, self.column, self.end


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake in one file. Without a span the whole file is meant."""

    file: str
    message: str
    span: Span | None = None
    source: str = ""
    """The line of the file that `span` points into."""
    included: tuple[str, ...] = ()
    """The places that include the file, the nearest first."""

    def __str__(self) -> str:
        if self.span is None:
            return "\n".join((f"{self.file}: {self.message}", *self._path()))
        head = f"{self.file}:{self.span.line}:{self.span.column}: {printable(_shortened(self.message))}"
        shown, column = _window(self.source, self.span.column - 1)
        # A tab is repeated, so that the caret stands under its column whatever the tab's width.
        indent = "".join("\t" if character == "\t" else " " for character in shown[:column])
        width = max(min(self.span.end - self.span.column, len(shown) - column), 1)
        caret = f"{'':>5} | {indent}{'^' * width}"
        return "\n".join((head, f"{self.span.line:>5} | {printable(shown)}", caret, *self._path()))

    def _path(self) -> tuple[str, ...]:
        return tuple(f"{'':>5} = included at {place}" for place in self.included)


class Misplaced(SimulatorError):
    """What is wrong with a whole, and the place in it that is to blame."""

    def __init__(self, place: Span, message: str) -> None:
        super().__init__(message)
        self.place = place


class Unfit(SimulatorError):
    """What is wrong with one of a step's texts, whose place in the file its reader finds."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text


class ScenarioFileError(SimulatorError):
    """One or more scenario files that can't be run; nothing of them was."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Problems:
    """Collects the problems of one file, so that an author learns of all of them at once."""

    def __init__(self, file: str, text: str = "") -> None:
        self.source = Source.of(file, text)
        self.found: list[Problem] = []

    def apart(self) -> "Problems":
        """A collection of its own for the same file: what is wrong with it if it is read in one way among several."""
        made = Problems(self.source.file)
        made.source = self.source
        return made

    def add(self, span: Span | None, message: str, source: Source | None = None) -> None:
        """Note a problem; of several at the same place the first, from which the others follow (and a node may be read
        several times).

        It is in the span's file; without a span it is about all of `source`.
        """
        source = (span.source if span else source) or self.source
        if span and span.note:
            message += f" ({span.note})"
        problem = Problem(source.file, message, span, source.line(span), tuple(_included(source)))
        if all((other.file, other.span) != (problem.file, span) for other in self.found):
            self.found.append(problem)

    def raise_if_any(self) -> None:
        """Raise ScenarioFileError with everything found so far, in the order of the file; what is wrong with files
        that it includes comes after that.
        """
        if self.found:
            ordered = sorted(self.found, key=_place)
            files = dict.fromkeys((self.source.file, *(problem.file for problem in ordered)))
            raise ScenarioFileError(tuple(problem for file in files for problem in ordered if problem.file == file))


def _included(source: Source) -> Iterator[str]:
    place = source.included
    while place is not None:
        file = place.source.file if place.source else ""
        yield f"{file}:{place.line}:{place.column}"
        place = place.source.included if place.source else None


def _place(problem: Problem) -> tuple[int, int]:
    return (problem.span.line, problem.span.column) if problem.span else (0, 0)


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST else f"{message[:_LONGEST]} ..."


def _window(line: str, column: int) -> tuple[str, int]:
    """As much of a line as is shown, and where in it what stood at `column` is; both count from 0."""
    if len(line) <= _SHOWN:
        return line, column
    start = 0 if column < _SHOWN - _BEFORE else column - _BEFORE
    before, behind = "... " if start else "", " ..." if start + _SHOWN < len(line) else ""
    return f"{before}{line[start : start + _SHOWN]}{behind}", column - start + len(before)
