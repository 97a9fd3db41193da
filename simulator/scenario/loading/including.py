"""Parts: files that others include. A part has `part:` where a scenario has `name:`.

    part: A team of three
    topology: {providers: {a.example: {users: {alice: [phone]}}}}
    steps: [...]

The topology of a part is put beside the including file's own, its steps go before, its parameters are known there and
may get other values there.
"""

import os
from pathlib import Path

from msgspec.structs import replace

from simulator.errors import hint
from simulator.scenario.loading.file_text import NotText, text_of
from simulator.scenario.loading.nodes import LARGEST, Mapping, Node, Scalar, Sequence, items, laid, size
from simulator.scenario.loading.old_words import path_now, told
from simulator.scenario.loading.problems import Problems, Source, Span
from simulator.scenario.loading.shipped import located
from simulator.scenario.loading.tree import parse

PART = "part"
_FIELDS = (PART, "description", "parameters", "include", "topology", "steps")
_DEEPEST = 20


def with_included(root: Mapping, problems: Problems) -> Mapping:
    """A file with all that it includes, and without its `include`. What goes wrong becomes a problem."""
    here = Path(problems.source.file)
    return _Including(problems).whole(root, here, (_real(here),))


class _Including:
    """Puts parts into one file: reads and completes each once, however often and from wherever it is included."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._parts: dict[Path, Mapping | None] = {}
        self._sizes: dict[Path, int] = {}
        self._size = 0
        """How many values all inclusions so far stand for, each part counted as often as it is included."""

    def whole(self, root: Mapping, here: Path, chain: tuple[Path, ...]) -> Mapping:
        if "include" not in root.values:
            return root
        whole = _without(root, "include")
        steps: list[Node] = []
        for node in items(root.values["include"]):
            path = self._path(node, here)
            part = None if path is None else self._part(path, node.span, chain)
            if path is None or part is None:
                continue
            if self._size > LARGEST:
                break
            self._size += self._size_of(path, part)
            if self._size > LARGEST:
                self._problems.add(node.span, f"with all that includes stand for, this is more than {LARGEST} values")
                break
            _check_providers(part, whole, self._problems)
            steps += items(part.values["steps"]) if "steps" in part.values else ()
            for name in ("topology", "parameters"):
                if name in part.values:
                    whole = _put(whole, name, part)
        return _with_steps(whole, steps, root.keys["include"]) if steps else whole

    def _path(self, node: Node, here: Path) -> Path | None:
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value or "\0" in node.value:
            self._problems.add(node.span, "expected the path of a part, from this file on")
            return None
        return Path(os.path.normpath(here.parent / node.value))

    def _part(self, path: Path, span: Span, chain: tuple[Path, ...]) -> Mapping | None:
        """A part with all that it includes itself."""
        real = _real(path)
        if real in chain or len(chain) >= _DEEPEST:
            way = " -> ".join(each.name for each in (*chain, real))
            wrong = "this includes itself" if real in chain else f"{_DEEPEST} includes in a row are the most"
            self._problems.add(span, f"{wrong}: {way}")
            return None
        if real not in self._parts:
            root = self._read(path, span)
            self._parts[real] = None if root is None else self.whole(root, path, (*chain, real))
        return self._parts[real]

    def _read(self, path: Path, span: Span) -> Mapping | None:
        text = _text(path, span, self._problems)
        if text is None:
            return None
        source = Source.of(path.as_posix(), text, span)
        root = parse(text, self._problems, source)
        if root is not None and not isinstance(root, Mapping):
            self._problems.add(root.span, f"a part is a mapping with {', '.join(_FIELDS)}")
        return root if isinstance(root, Mapping) and _is_sound(root, self._problems) else None

    def _size_of(self, path: Path, part: Mapping) -> int:
        if path not in self._sizes:
            self._sizes[path] = size(part)
        return self._sizes[path]


def _with_steps(whole: Mapping, steps: list[Node], include: Span) -> Mapping:
    """With the parts' steps in front of its own."""
    own = items(whole.values["steps"]) if "steps" in whole.values else ()
    span = whole.keys.get("steps", include)
    values = {**whole.values, "steps": Sequence((*steps, *own), span)}
    return replace(whole, values=values, keys={**whole.keys, "steps": span})


def _put(whole: Mapping, name: str, part: Mapping) -> Mapping:
    """With the part's own under what the file says."""
    theirs, ours = part.values[name], whole.values.get(name)
    value = theirs if ours is None else laid(ours, theirs)
    keys = {name: part.keys[name], **whole.keys}
    return replace(whole, values={**whole.values, name: value}, keys=keys)


def _is_sound(root: Mapping, problems: Problems) -> bool:
    if PART not in root.values:
        scenario = ": this is a scenario of its own" if "name" in root.values else ""
        place = root.keys.get("name", root.span)
        problems.add(place, f'a part says what it brings, with "part: ..." at its top{scenario}')
        return False
    for name, place in root.keys.items():
        if name not in _FIELDS:
            known = hint(name, _FIELDS) or f"; known: {', '.join(_FIELDS)}"
            problems.add(place, f'a part has no field "{name}"{known}')
    return True


def _text(path: Path, span: Span, problems: Problems) -> str | None:
    try:
        return text_of(path)
    except FileNotFoundError:
        now = path_now(path.as_posix())
        if now is not None and located(Path(now)).is_file():
            problems.add(span, f"there is no file {path.as_posix()}: {told(path.as_posix(), now)}")
            return None
        around = located(path).parent
        near = [each.name for each in around.iterdir()] if around.is_dir() else []
        problems.add(span, f"there is no file {path.as_posix()}{hint(path.name, near)}")
    except NotText as error:
        problems.add(span, f"{path.as_posix()}: {error}")
    return None


def _check_providers(part: Mapping, whole: Mapping, problems: Problems) -> None:
    """A provider is described in one place."""
    ours, theirs = _providers(whole), _providers(part)
    for name, place in ours.keys.items() if ours and theirs else ():
        if theirs and name in theirs.keys:
            other = theirs.keys[name]
            file = other.source.file if other.source else problems.source.file
            problems.add(place, f'there is already a provider "{name}", in {file}:{other.line}')


def _providers(root: Mapping) -> Mapping | None:
    topology = root.values.get("topology")
    found = topology.values.get("providers") if isinstance(topology, Mapping) else None
    return found if isinstance(found, Mapping) else None


def _without(root: Mapping, name: str) -> Mapping:
    values, keys = dict(root.values), dict(root.keys)
    del values[name], keys[name]
    return replace(root, values=values, keys=keys)


def _real(path: Path) -> Path:
    return Path(os.path.realpath(located(path)))
