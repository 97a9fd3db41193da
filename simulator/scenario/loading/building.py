"""Our tree of ruamel's nodes, with all that can be wrong with it."""

import re
from math import isfinite
from typing import Any

from ruamel.yaml.nodes import ScalarNode

from simulator.scenario.loading.composing import TOO_DEEP, Composer
from simulator.scenario.loading.nodes import DEEPEST, LARGEST, TOO_LARGE, Mapping, Node, Scalar, Sequence, sized
from simulator.scenario.loading.problems import Problems, Source, Span

_PLAIN = "tag:yaml.org,2002:"
_SCALARS = ("str", "int", "float", "bool", "null")
_NUMBERS = ("int", "float")
_MANY_DIGITS = re.compile(r"[-+]?(0[box])?[0-9A-Fa-f_.:]{20,}")
_TEXT_TOO = ("timestamp",)
"""Kinds that YAML would make something else of and that are text here; who wants a time, parses it."""


def tree(text: str, problems: Problems, source: Source) -> Node | None:
    """The document in a text. None where it is empty or no YAML; `problems` says why."""
    composer = Composer(text, problems, source)
    root = composer.root()
    return None if root is None else _Builder(composer, problems, source).node(root)


class _Builder:
    """Turns the nodes of ruamel into ours. A node behind several aliases is built once."""

    def __init__(self, composer: Composer, problems: Problems, source: Source) -> None:
        self._source = source
        self._composer = composer
        self._problems = problems
        self._built: dict[int, Node | None] = {}
        self._sizes: dict[int, int] = {}
        self._depth = 0

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
        self._depth += 1
        if self._depth > DEEPEST:
            self._problems.add(span, TOO_DEEP)
            built: Node = Scalar(None, span)
        else:
            built = self._limited(self._build(node, span))
        self._depth -= 1
        self._built[key] = built
        return built

    def _limited(self, node: Node) -> Node:
        """The node, unless aliases make more of it than anybody wants."""
        match node:
            case Sequence(parts):
                size = sum(self._sizes.get(id(part), 1) for part in parts)
            case Mapping(values):
                size = sum(self._sizes.get(id(part), 1) for part in values.values())
            case _:
                size = 0
        if size > LARGEST:
            self._problems.add(node.span, f"with all that its aliases stand for, this is more than {LARGEST} values")
            node, size = Scalar(None, node.span), 0
        self._sizes[id(node)] = size + 1
        return node

    def _build(self, node: Any, span: Span) -> Node:
        if node.id != "scalar" and str(node.tag) not in (f"{_PLAIN}map", f"{_PLAIN}seq"):
            self._useless(node, span)
        if node.id == "mapping":
            return self._mapping(node, span)
        if node.id == "sequence":
            return Sequence(tuple(self.node(item) for item in node.value), span)
        return Scalar(self._scalar(node, span), span)

    def _mapping(self, node: Any, span: Span) -> Mapping:
        mapping = Mapping({}, {}, span)
        for key_node, value_node in node.value:
            place = self._span(key_node)
            name = self._scalar(key_node, place) if key_node.id == "scalar" else None
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
            return self._composer.restored(node.value)
        if kind not in _SCALARS:
            self._useless(node, span)
            return self._composer.restored(node.value)
        if kind == "str":
            text = self._composer.restored(node.value)
            self._check_characters(text, span)
            return text
        try:
            scalar = ScalarNode(node.tag, node.value)
            return self._number(self._composer.constructor.construct_object(scalar), node, span)
        except (ValueError, LookupError):
            if kind in _NUMBERS and _MANY_DIGITS.fullmatch(node.value):
                self._problems.add(span, TOO_LARGE)
            return self._composer.restored(node.value)  # `!!int seven`: the reader will say that this is text

    def _number(self, value: Any, node: Any, span: Span) -> Any:
        """The same, unless it is a number that nobody can mean."""
        if isinstance(value, float) and not isfinite(value):
            literal = node.value.lower().endswith((".inf", ".nan"))
            self._problems.add(span, f"a scenario has no use for {node.value}" if literal else TOO_LARGE)
            return 0
        if isinstance(value, int) and not sized(value):
            self._problems.add(span, TOO_LARGE)
            return 0
        return value

    def _check_characters(self, text: str, span: Span) -> None:
        if text.isprintable():
            return
        odd = next((character for character in text if "\ud800" <= character <= "\udfff"), None)
        if odd is not None:
            self._problems.add(span, f"U+{ord(odd):04X} is no character: UTF-8 can't carry it")

    def _useless(self, node: Any, span: Span) -> None:
        tag = str(node.tag)
        if tag == f"{_PLAIN}merge":
            self._problems.add(span, "a scenario has no merge keys (<<): write out what is meant, or include a part")
            return
        written = f"!!{tag.removeprefix(_PLAIN)}" if tag.startswith(_PLAIN) else tag
        self._problems.add(span, f'a scenario has no use for the tag "{written}"')

    def _span(self, node: Any) -> Span:
        start, end = node.start_mark, node.end_mark
        column = end.column if end.line == start.line else start.column
        return Span(start.line + 1, start.column + 1, column + 1, self._source)
