"""Old words in a file's text, rewritten where they stand: comments and layout stay as they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.errors import SimulatorError
from simulator.scenario.loading.old_words import path_now, tag_now
from simulator.scenario.loading.problems import Problems, Span
from simulator.scenario.loading.shipped import located
from simulator.scenario.loading.tree import Mapping, Node, Scalar, Sequence, items, parse
from simulator.trace.saving import replace_file

_MARK = "\ufeff"
_LINE_END = re.compile(r"(\r\n|\n|\r)")


@dataclass(frozen=True, slots=True)
class Fix:
    """An old word at its place, and the new one."""

    span: Span
    old: str
    new: str


def fixes(text: str, file: str) -> tuple[Fix, ...]:
    """The old words in a text, in its order; none in what is no YAML. What it includes is looked for from `file` on."""
    root = parse(text, Problems(file, text))
    found = {} if root is None else {(fix.span.line, fix.span.column): fix for fix in _in(root, Path(file).parent)}
    return tuple(found[place] for place in sorted(found))


def fixed(text: str, wanted: tuple[Fix, ...]) -> str:
    """The text with the new words. A word that does not stand there as it is, such as one of many lines, stays."""
    lines = _LINE_END.split(text)  # a line, its end, the next line, ...
    for fix in reversed(wanted):
        place, start, end = 2 * (fix.span.line - 1), fix.span.column - 1, fix.span.end - 1
        line = lines[place]
        lines[place] = line[:start] + line[start:end].replace(fix.old, fix.new, 1) + line[end:]
    return "".join(lines)


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


def _in(node: Node, folder: Path) -> Iterator[Fix]:
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _in(item, folder)
    if not isinstance(node, Mapping):
        return
    for name, value in node.values.items():
        for item in items(value) if name in ("tags", "include") else ():
            if isinstance(item, Scalar) and isinstance(item.value, str):
                new = tag_now(item.value) if name == "tags" else _included_now(item.value, folder)
                if new is not None:
                    yield Fix(item.span, item.value, new)
        yield from _in(value, folder)


def _included_now(path: str, folder: Path) -> str | None:
    """Where a part is now, if it is not where a file looks for it."""
    new = path_now(path)
    if new is None or located(folder / path).exists() or not located(folder / new).exists():
        return None
    return new
