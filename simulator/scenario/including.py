"""Parts: files that others include. A part has `part:` where a scenario has `name:`.

    part: A team of three
    topology: {providers: {a.example: {users: {alice: [phone]}}}}
    steps: [...]

The topology of a part is put beside the including file's own, its steps go before, its parameters are known there and
may get other values there.
"""

import os
from dataclasses import replace
from pathlib import Path

from simulator.errors import hint
from simulator.scenario.files import NotText, text_of
from simulator.scenario.problems import Problems, Source, Span
from simulator.scenario.shipped import located
from simulator.scenario.tree import Mapping, Node, Scalar, Sequence, items, laid, parse

PART = "part"
_FIELDS = (PART, "description", "parameters", "include", "topology", "steps")
_DEEPEST = 20


def is_part(root: Node | None) -> bool:
    """Whether a file is there for others."""
    return isinstance(root, Mapping) and PART in root.values


def with_included(root: Mapping, problems: Problems) -> Mapping:
    """A file with all that it includes, and without its `include`. What goes wrong becomes a problem."""
    here = Path(problems.source.file)
    return _with_included(root, problems, here, (_real(here),))


def _with_included(root: Mapping, problems: Problems, here: Path, chain: tuple[Path, ...]) -> Mapping:
    if "include" not in root.values:
        return root
    whole = _without(root, "include")
    steps: list[Node] = []
    for node in items(root.values["include"]):
        part = _part(node, problems, here, chain)
        if part is not None:
            _check_providers(part, whole, problems)
            steps += items(part.values["steps"]) if "steps" in part.values else ()
            for name in ("topology", "parameters"):
                if name in part.values:
                    whole = _put(whole, name, part)
    if steps:
        own = items(root.values["steps"]) if "steps" in root.values else ()
        span = root.keys.get("steps", root.keys["include"])
        values = {**whole.values, "steps": Sequence((*steps, *own), span)}
        whole = replace(whole, values=values, keys={**whole.keys, "steps": span})
    return whole


def _put(whole: Mapping, name: str, part: Mapping) -> Mapping:
    """With the part's own under what the file says."""
    theirs, ours = part.values[name], whole.values.get(name)
    value = theirs if ours is None else laid(ours, theirs)
    keys = {name: part.keys[name], **whole.keys}
    return replace(whole, values={**whole.values, name: value}, keys=keys)


def _part(node: Node, problems: Problems, here: Path, chain: tuple[Path, ...]) -> Mapping | None:
    if not isinstance(node, Scalar) or not isinstance(node.value, str) or not node.value or "\0" in node.value:
        problems.add(node.span, "expected the path of a part, from this file on")
        return None
    path = Path(os.path.normpath(here.parent / node.value))
    text = _text(path, node.span, problems)
    if text is None:
        return None
    if _real(path) in chain or len(chain) >= _DEEPEST:
        way = " -> ".join(each.name for each in (*chain, _real(path)))
        problems.add(node.span, f"this includes itself: {way}")
        return None
    source = Source.of(path.as_posix(), text, node.span)
    root = parse(text, problems, source)
    if root is None or not _is_sound(root, source, problems):
        return None
    assert isinstance(root, Mapping)  # noqa: S101 (_is_sound has seen to it)
    return _with_included(root, problems, path, (*chain, _real(path)))


def _is_sound(root: Node, source: Source, problems: Problems) -> bool:
    if not isinstance(root, Mapping):
        problems.add(root.span, f"a part is a mapping with {', '.join(_FIELDS)}")
        return False
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
