"""YAML as a tree of values that know where they stand in the file."""

from dataclasses import dataclass
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from simulator.scenario.problems import Problems, Source, Span

_PLAIN = "tag:yaml.org,2002:"
_SCALARS = ("str", "int", "float", "bool", "null")
_TEXT_TOO = ("timestamp",)
"""Kinds that YAML would make something else of and that are text here; who wants a time, parses it."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """Text, a number, true, false or nothing."""

    value: str | int | float | bool | None
    span: Span


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Mapping:
    """Names and their values; `keys` says where each name stands."""

    values: dict[str, "Node"]
    keys: dict[str, Span]
    span: Span
    turn: tuple[int, int] | None = None
    """Which of how many it is, where `repeat` has made several of one."""


Node: TypeAlias = Scalar | Sequence | Mapping


def items(node: Node) -> tuple[Node, ...]:
    """A list's items; one thing alone stands for the list of it, nothing for the empty list."""
    if isinstance(node, Sequence):
        return node.items
    return () if isinstance(node, Scalar) and node.value is None else (node,)


def laid(over: Node, under: Node) -> Node:
    """One tree laid over another: names of both are in it, and where both say something, `over` does."""
    if not isinstance(over, Mapping) or not isinstance(under, Mapping):
        return over
    values = dict(under.values)
    for name, value in over.values.items():
        values[name] = laid(value, values[name]) if name in values else value
    return Mapping(values, {**under.keys, **over.keys}, over.span)


def parse(text: str, problems: Problems, source: Source | None = None) -> Node | None:
    """The document in `text`, which is that of `source`. None where it is empty or no YAML; `problems` says why."""
    source = source or problems.source
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
        if root is not None:
            return _Builder(yaml, problems, source).node(root)
        problems.add(None, "the file is empty", source)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        column = error.position - (text.rfind("\n", 0, error.position) + 1) + 1
        span = Span(line, column, column + 1, source)
        problems.add(span, f"character U+{error.character:04X} is not allowed in YAML")
    except YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Span(mark.line + 1, mark.column + 1, mark.column + 2, source) if mark else None
        problems.add(place, _explain(error, source.line(place)), source)
    except RecursionError:
        problems.add(None, "nested too deep", source)
    return None


def _explain(error: YAMLError, line: str) -> str:
    problem, context = str(getattr(error, "problem", error)), getattr(error, "context", None)
    if "'\\t'" in problem:
        return "a tab can't indent: use spaces"
    if "another document" in problem:
        return "a second document begins here: a file is one scenario"
    if "${" in line:
        return f'not YAML: {problem}; between {{ }} and [ ] a parameter needs quotes: "${{name}}"'
    return f"not YAML: {problem}" + (f", {context}" if context else "")


class _Builder:
    """Turns ruamel's nodes into ours. A node behind several aliases is built once."""

    def __init__(self, yaml: YAML, problems: Problems, source: Source) -> None:
        self._source = source
        self._constructor = yaml.constructor
        self._problems = problems
        self._built: dict[int, Node | None] = {}

    def node(self, node: Any) -> Node:
        span = self._span(node)
        key = id(node)
        if key in self._built:
            done = self._built[key]
            if done is None:
                self._problems.add(span, "an alias can't stand inside of its own anchor")
                return Scalar(None, span)
            return done
        self._built[key] = None
        built = self._built[key] = self._build(node, span)
        return built

    def _build(self, node: Any, span: Span) -> Node:
        if not isinstance(node, ScalarNode) and str(node.tag) not in (f"{_PLAIN}map", f"{_PLAIN}seq"):
            self._useless(node, span)
        if isinstance(node, MappingNode):
            return self._mapping(node, span)
        if isinstance(node, SequenceNode):
            return Sequence(tuple(self.node(item) for item in node.value), span)
        return Scalar(self._scalar(node, span), span)

    def _mapping(self, node: Any, span: Span) -> Mapping:
        mapping = Mapping({}, {}, span)
        for key_node, value_node in node.value:
            place = self._span(key_node)
            name = self._scalar(key_node, place) if isinstance(key_node, ScalarNode) else None
            if not isinstance(name, str):
                self._problems.add(place, "a name is wanted here, as text")
            elif name in mapping.values:
                self._problems.add(place, f'"{name}" is here twice (first in line {mapping.keys[name].line})')
            else:
                mapping.keys[name] = place
                mapping.values[name] = self._value(value_node, place)
        return mapping

    def _value(self, node: Any, key: Span) -> Node:
        """A value; where there is none, YAML's mark is somewhere behind, and the key's place says more."""
        value = self.node(node)
        return Scalar(None, key) if isinstance(value, Scalar) and value.value is None else value

    def _scalar(self, node: Any, span: Span) -> Any:
        kind = str(node.tag).removeprefix(_PLAIN)
        if kind in _TEXT_TOO:
            return node.value
        if kind not in _SCALARS:
            self._useless(node, span)
            return node.value
        try:
            return self._constructor.construct_object(node)
        except (ValueError, LookupError):
            return node.value  # `!!int seven`: the reader will say that this is text

    def _useless(self, node: Any, span: Span) -> None:
        self._problems.add(span, f'a scenario has no use for the tag "{node.tag}"')

    def _span(self, node: Any) -> Span:
        start, end = node.start_mark, node.end_mark
        column = end.column if end.line == start.line else start.column
        return Span(start.line + 1, start.column + 1, column + 1, self._source)
