"""Old words in a file's text, rewritten where they stand: comments and layout stay as they are."""

import re
from collections.abc import Iterator
from pathlib import Path

from msgspec.structs import replace

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, Sequence, items
from simulator.scenario.loading.old_words import field_now, path_now, tag_now
from simulator.scenario.loading.problems import Problems, Span
from simulator.scenario.loading.shipped import located
from simulator.scenario.loading.tree import parse
from simulator.trace.saving import replace_file

_MARK = "\ufeff"
_LINE_END = re.compile(r"(\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Fix:
    """An old word at its place, and the new one."""

    span: Span
    old: str
    new: str


class _Lines:
    """The lines of a text, which keep their ends."""

    def __init__(self, text: str) -> None:
        self._parts = _LINE_END.split(text)  # a line, its end, the next line, ...

    def at(self, span: Span) -> str:
        return self._parts[2 * (span.line - 1)][span.column - 1 : span.end - 1]

    def put(self, span: Span, text: str) -> None:
        place = 2 * (span.line - 1)
        line = self._parts[place]
        self._parts[place] = line[: span.column - 1] + text + line[span.end - 1 :]

    def __str__(self) -> str:
        return "".join(self._parts)


def fixes(text: str, file: str) -> tuple[Fix, ...]:
    """The old words in a text, in its order; none in what is no YAML. What it includes is looked for from `file` on."""
    root, lines = parse(text, Problems(file, text)), _Lines(text)
    found = () if root is None else _in(root, Path(file).parent, lines)
    by_place = {(fix.span.line, fix.span.column): fix for fix in found}
    return tuple(by_place[place] for place in sorted(by_place))


def fixed(text: str, wanted: tuple[Fix, ...]) -> str:
    """The text with the new words. A word that does not stand there as it is, such as one of many lines, stays."""
    lines = _Lines(text)
    for fix in reversed(wanted):
        lines.put(fix.span, lines.at(fix.span).replace(fix.old, fix.new, 1))
    return str(lines)


def fix_file(path: Path) -> tuple[Fix, ...]:
    """Rewrite a file of the user's own, and say what was done; those that come with the simulator have no old words.

    Raises SimulatorError where it can't be written.
    """
    if not path.is_file():
        return ()
    try:
        data = path.read_bytes()
        text = data.decode()
        wanted = fixes(text.removeprefix(_MARK), path.as_posix())
        if wanted:
            mark = _MARK if text.startswith(_MARK) else ""
            replace_file(path, ((mark + fixed(text.removeprefix(_MARK), wanted)).encode(),))
    except UnicodeDecodeError:
        return ()  # whoever reads it says what is wrong
    except OSError as error:
        raise SimulatorError(f"{path}: can't be rewritten: {error.strerror}") from error
    return wanted


def _in(node: Node, folder: Path, lines: _Lines) -> Iterator[Fix]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _in(item, folder, lines)
    if not isinstance(node, Mapping):
        return
    for name, value in node.values.items():
        for item in items(value) if name in ("tags", "include") else ():
            if isinstance(item, Scalar) and isinstance(item.value, str):
                new = tag_now(item.value) if name == "tags" else _included_now(item.value, folder)
                if new is not None:
                    yield Fix(item.span, item.value, new)
        if isinstance(value, Mapping):
            yield from _fields(name, value, lines)
        yield from _in(value, folder, lines)


def _fields(step: str, node: Mapping, lines: _Lines) -> Iterator[Fix]:
    """Old fields of a step, each with its value in the same line."""
    for field, value in node.values.items():
        new = field_now(step, field, value.value) if isinstance(value, Scalar) else None
        key = node.keys[field]
        if new is not None and key.line == value.span.line:
            span = replace(key, end=value.span.end)
            yield Fix(span, lines.at(span), new)


def _included_now(path: str, folder: Path) -> str | None:
    """Where a part is now, if it is not where a file looks for it."""
    new = path_now(path)
    if new is None or located(folder / path).exists() or not located(folder / new).exists():
        return None
    return new
