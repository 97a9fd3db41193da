"""From a tree to typed values: msgspec structs are the schema, and every mistake is reported where it stands.

msgspec's own conversion stops at the first mistake and knows no lines; so the walk is ours, and msgspec judges the
single values. A class that reads itself (a step entry, a duration) has a classmethod `read(node, reader)`.
"""

import re
from collections.abc import Callable, Iterable
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from simulator.errors import SimulatorError, hint
from simulator.scenario.loading.by_draft import PerDraft, merged
from simulator.scenario.loading.old_words import field_now, told
from simulator.scenario.loading.problems import Misplaced, Problems, Span
from simulator.scenario.loading.tree import Mapping, Node, Scalar, Sequence, items
from simulator.scenario.names import Checked, CheckedInDraft, Defines, Names, OneOf, Refers


class _Invalid:
    """What becomes of a value that has a problem; the problem is already noted."""


INVALID: Any = _Invalid()

_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")
_TYPE_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", NoneType: "nothing"}


@cache
def _hints(cls: type) -> dict[str, Any]:
    """The types of a struct's fields."""
    return get_type_hints(cls, include_extras=True)


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, Any]:
    """What msgspec says of a struct's fields, by their names in files."""
    return {field.encode_name: field for field in msgspec.structs.fields(cls)}


class Reader:
    """Reads the nodes of one file. `names` grows while steps are read, so order matters."""

    def __init__(self, problems: Problems, names: Names, keywords: dict[str, dict[str, Any]]) -> None:
        self.problems = problems
        self.names = names
        self.keywords = keywords
        """Per family of one-keyword mappings (`step`, `expectation`): the keyword and its struct."""

    def value(self, node: Node, annotation: Any) -> Any:
        """The value of `node` as `annotation` declares it, or INVALID."""
        marks: tuple[Any, ...] = ()
        whole = annotation
        if get_origin(annotation) is Annotated:
            annotation, *rest = get_args(annotation)
            marks = tuple(rest)
        if hasattr(annotation, "read"):
            return annotation.read(node, self)
        origin = get_origin(annotation)
        if origin in (Union, UnionType):
            return self._optional(node, annotation)
        if origin is tuple:
            return self._many(node, get_args(annotation)[0])
        if origin is dict:
            node = merged(node, self) if any(isinstance(mark, PerDraft) for mark in marks) else node
            return self._mapping(node, *get_args(annotation))
        if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
            return self.struct(node, annotation)
        if annotation is Any:
            return _plain(node)
        return self._scalar(node, annotation, whole, marks)

    def struct(self, node: Node, cls: Any, named_at: Span | None = None) -> Any:
        """A mapping as a struct. What is missing is said at `named_at`, the name in front of the mapping."""
        shorthand = getattr(cls, "shorthand", None)
        if not isinstance(node, Mapping):
            if shorthand is None:
                known = ", ".join(field.encode_name for field in msgspec.structs.fields(cls))
                return self.wrong(node, f"expected {_words(cls)}: a mapping with {known}")
            node = Mapping({shorthand: node}, {shorthand: node.span}, node.span)
        hints, fields = _hints(cls), _fields(cls)
        for name, span in node.keys.items():
            if name not in fields:
                self.problems.add(span, _no_field(cls, name, node.values[name], fields))
        values = {
            field.name: self.value(node.values[name], hints[field.name])
            for name, field in fields.items()
            if name in node.values
        }
        missing = [name for name, field in fields.items() if field.required and name not in node.values]
        if missing:
            listed = " and ".join(f'"{name}"' for name in missing)
            return self.wrong(named_at or node.span, f"{_words(cls)} needs {listed}")
        if INVALID in values.values():
            return INVALID
        try:
            return cls(**values)
        except Misplaced as error:
            return self.wrong(error.place, str(error))
        except SimulatorError as error:
            return self.wrong(named_at or node.span, str(error))

    def wrong(self, place: Node | Span, message: str) -> Any:
        """Note a problem; returns INVALID."""
        self.problems.add(place if isinstance(place, Span) else place.span, message)
        return INVALID

    def _optional(self, node: Node, annotation: Any) -> Any:
        kinds = [kind for kind in get_args(annotation) if kind is not NoneType]
        if isinstance(node, Scalar) and node.value is None and NoneType in get_args(annotation):
            return None
        if len(kinds) == 1:
            return self.value(node, kinds[0])
        return self._scalar(node, annotation, annotation, ())

    def _many(self, node: Node, kind: Any) -> Any:
        values: list[Any] = []
        for item in items(node):
            several = self._several(item, kind)
            values += [self.value(item, kind)] if several is None else several
        return INVALID if INVALID in values else tuple(values)

    def _several(self, node: Node, kind: Any) -> tuple[Any, ...] | None:
        """The names that one word in a list of names stands for, where it is none itself; None where it is."""
        mark = next((mark for mark in get_args(kind)[1:] if isinstance(mark, Refers)), None)
        if mark is None or not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        found = self.names.matching(mark, node.value)
        if found == () and not self.names.complaint(mark.kind, ""):
            return ()  # there is no topology: that is said already
        return found or (None if found is None else (self.wrong(node, f"no {mark.kind.value} is meant by this"),))

    def _mapping(self, node: Node, key: Any, kind: Any) -> Any:
        if not isinstance(node, Mapping):
            return self.wrong(node, f"expected names with values, not {_found(node)}")
        values = {}
        for name, inner in node.values.items():
            read_key = self.value(Scalar(name, node.keys[name]), key)
            values[read_key] = self.value(inner, kind)
        return INVALID if INVALID in values or INVALID in values.values() else values

    def _scalar(self, node: Node, annotation: Any, whole: Any, marks: tuple[Any, ...]) -> Any:
        if not isinstance(node, Scalar):
            return self.wrong(node, f"expected {_words(annotation)}, not {_found(node)}")
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return self.choice(node, {str(member.value): member for member in annotation}, _name(annotation))
        if get_origin(annotation) is Literal:
            return self.choice(node, {str(choice): choice for choice in get_args(annotation)}, "choice")
        try:
            value = msgspec.convert(node.value, whole, strict=True)
        except msgspec.ValidationError as error:
            if isinstance(annotation, type) and type(node.value) is not annotation:
                return self.wrong(node, f"expected {_words(annotation)}, not {_found(node)}")
            return self.wrong(node, _reworded(error))
        for mark in marks:
            complaint = self._complaint(mark, value)
            if complaint:
                return self.wrong(node, complaint)
        return value

    def _complaint(self, mark: Any, value: Any) -> str | None:
        match mark:
            case Refers(kind):
                return self.names.complaint(kind, value)
            case Defines(kind):
                return self.names.define(kind, value)
            case OneOf():
                return mark.complaint(value)
            case Checked(check):
                return _said(check, value)
            case CheckedInDraft(check):
                return _said(check, value, self.names.draft)
        return None

    def choice(self, node: Scalar, choices: dict[str, Any], what: str) -> Any:
        word = str(node.value)
        if word in choices:
            return choices[word]
        return self.wrong(node, f'unknown {what} "{word}"{hint(word, choices) or "; known: " + ", ".join(choices)}')


def _said(check: Callable[..., Any], *values: Any) -> str | None:
    """What a check says of values; None if nothing."""
    try:
        check(*values)
    except SimulatorError as error:
        return str(error)
    return None


def _no_field(cls: Any, name: str, node: Node, fields: Iterable[str]) -> str:
    """That there is no such field, and what may be meant: a struct may say it in `elsewhere`."""
    now = field_now(_words(cls), name, node.value) if isinstance(node, Scalar) else None
    if now is not None:
        return told(name, now)
    meant = getattr(cls, "elsewhere", {}).get(name) or hint(name, fields) or f"; known: {', '.join(fields)}"
    return f'{_words(cls)} has no field "{name}"{meant}'


def _name(kind: type) -> str:
    """A class in words: `RateKey` is a rate key."""
    return _CAPITAL.sub(" ", kind.__name__).lower()


def _reworded(error: msgspec.ValidationError) -> str:
    """msgspec's words about a value of the right type that is out of bounds, for people."""
    words = str(error).split(" - at")[0].replace("`int`", "a number").replace("`str`", "text")
    return words[:1].lower() + words[1:]


def _plain(node: Node) -> Any:
    match node:
        case Scalar(value):
            return value
        case Sequence(items):
            return tuple(_plain(item) for item in items)
        case Mapping(values):
            return {name: _plain(value) for name, value in values.items()}


def _found(node: Node) -> str:
    match node:
        case Scalar(value):
            if isinstance(value, bool) or value is None:
                return "nothing" if value is None else str(value).lower()
            return f'text "{value}"' if isinstance(value, str) else f"number {value}"
        case Sequence():
            return "a list"
        case Mapping():
            return "a mapping"


def _words(annotation: Any) -> str:
    if annotation in _TYPE_WORDS:
        return _TYPE_WORDS[annotation]
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return str(annotation.__struct_config__.tag or _name(annotation))
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return "one of " + ", ".join(str(member.value) for member in annotation)
    if get_origin(annotation) in (Union, UnionType):
        return " or ".join(_words(kind) for kind in get_args(annotation))
    return "one of " + ", ".join(map(str, get_args(annotation)))
