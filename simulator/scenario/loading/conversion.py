"""From a tree to typed values: msgspec structs are the schema, and every mistake is reported where it stands.

msgspec's own conversion stops at the first mistake and knows no lines; so the walk is ours, and msgspec judges the
single values. A class that reads itself (a step entry, a duration) has a classmethod `read(node, reader)`.
"""

import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as MappingOf
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NamedTuple, TypeAlias, Union, get_args, get_origin, get_type_hints

import msgspec

from simulator.errors import SimulatorError, hint
from simulator.scenario.loading.by_draft import PerDraft, merged
from simulator.scenario.loading.nodes import Mapping, Node, Scalar, Sequence, items
from simulator.scenario.loading.old_words import field_now, told
from simulator.scenario.loading.problems import Misplaced, Problems, Span
from simulator.scenario.names import Checked, CheckedInDraft, Defines, Names, OneOf, Refers


class _Invalid:
    """What becomes of a value that has a problem; the problem is already noted."""


INVALID: Any = _Invalid()

_CAPITAL = re.compile("(?<=[a-z])(?=[A-Z])")
_TYPE_WORDS = {str: "text", int: "a whole number", float: "a number", bool: "true or false", NoneType: "nothing"}


Read: TypeAlias = "Callable[[Reader, Node], Any]"
"""How a node is read as a value of one type: INVALID where it is none."""

Check: TypeAlias = "Callable[[Reader, Any], str | None]"
"""What is to be said against a value, if anything."""


class _Field(NamedTuple):
    """One field of a struct."""

    name: str
    reading: Read


@cache
def _fields(cls: type[msgspec.Struct]) -> dict[str, _Field]:
    """A struct's fields, by their names in files."""
    hints = get_type_hints(cls, include_extras=True)
    return {field.encode_name: _Field(field.name, reading(hints[field.name])) for field in msgspec.structs.fields(cls)}


@cache
def _required(cls: type[msgspec.Struct]) -> tuple[str, ...]:
    """Those without a default."""
    return tuple(field.encode_name for field in msgspec.structs.fields(cls) if field.required)


@cache
def reading(annotation: Any) -> Read:
    """How a value of this type is read: found out once for each."""
    marks: tuple[Any, ...] = ()
    whole = annotation
    if get_origin(annotation) is Annotated:
        annotation, *rest = get_args(annotation)
        marks = tuple(rest)
    if hasattr(annotation, "read"):
        return lambda reader, node: annotation.read(node, reader)
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        return _optional(annotation)
    if origin is tuple:
        kind = get_args(annotation)[0]
        mark = next((mark for mark in get_args(kind)[1:] if isinstance(mark, Refers)), None)
        item = reading(kind)
        return lambda reader, node: reader.many(node, item, mark)
    if origin is dict:
        key, item = map(reading, get_args(annotation))
        if any(isinstance(mark, PerDraft) for mark in marks):
            return lambda reader, node: reader.mapping(merged(node, reader), key, item)
        return lambda reader, node: reader.mapping(node, key, item)
    if isinstance(annotation, type) and issubclass(annotation, msgspec.Struct):
        return lambda reader, node: reader.struct(node, annotation)
    if annotation is Any:
        return lambda reader, node: _plain(node)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return _choice(annotation, {str(member.value): member for member in annotation}, _name(annotation))
    if origin is Literal:
        return _choice(annotation, {str(choice): choice for choice in get_args(annotation)}, "choice")
    if annotation in (str, int, bool) and not any(isinstance(mark, msgspec.Meta) for mark in marks):
        return _text_or_number(annotation, marks)
    checks = _checks(marks)
    return lambda reader, node: reader.scalar(node, annotation, whole, checks)


def _checks(marks: Iterable[Any]) -> tuple[Check, ...]:
    """What marks say of a value."""
    return tuple(check for check in map(_check, marks) if check is not None)


def _check(mark: Any) -> "Check | None":
    match mark:
        case Refers(kind):
            return lambda reader, value: reader.names.complaint(kind, value)
        case Defines(kind):
            return lambda reader, value: reader.names.define(kind, value)
        case OneOf():
            return lambda _, value: mark.complaint(value)
        case Checked(check):
            return lambda _, value: _said(check, value)
        case CheckedInDraft(check):
            return lambda reader, value: _said(check, value, reader.names.draft)
    return None


def _text_or_number(kind: type, marks: tuple[Any, ...]) -> Read:
    """A value that only has to be of a type, and as its marks say."""
    checks = _checks(marks)

    def read(reader: "Reader", node: Node) -> Any:
        if isinstance(node, Scalar) and type(node.value) is kind:
            return reader.checked(node, node.value, checks)
        return reader.scalar(node, kind, kind, checks)

    return read


def _optional(annotation: Any) -> Read:
    """A value that may be nothing, or of one of several simple types."""
    several = get_args(annotation)
    kinds = [kind for kind in several if kind is not NoneType]
    only = reading(kinds[0]) if len(kinds) == 1 else None

    def read(reader: "Reader", node: Node) -> Any:
        if isinstance(node, Scalar) and node.value is None and NoneType in several:
            return None
        return reader.scalar(node, annotation, annotation, ()) if only is None else only(reader, node)

    return read


def _choice(annotation: Any, choices: dict[str, Any], what: str) -> Read:
    """One of some words."""

    def read(reader: "Reader", node: Node) -> Any:
        if not isinstance(node, Scalar):
            return reader.wrong(node, f"expected {_words(annotation)}, not {_found(node)}")
        return reader.choice(node, choices, what)

    return read


class Reader:
    """Reads the nodes of one file. `names` grows while steps are read, so order matters."""

    def __init__(self, problems: Problems, names: Names, keywords: MappingOf[str, MappingOf[str, Any]]) -> None:
        self.problems = problems
        self.names = names
        self.keywords = keywords
        """Per family of one-keyword mappings (`step`, `expectation`): the keyword and its struct."""

    def value(self, node: Node, annotation: Any) -> Any:
        """The value of `node` as `annotation` declares it, or INVALID."""
        return reading(annotation)(self, node)

    def struct(self, node: Node, cls: Any, named_at: Span | None = None) -> Any:
        """A mapping as a struct. What is missing is said at `named_at`, the name in front of the mapping."""
        shorthand = getattr(cls, "shorthand", None)
        if not isinstance(node, Mapping):
            if shorthand is None:
                known = ", ".join(field.encode_name for field in msgspec.structs.fields(cls))
                return self.wrong(node, f"expected {_words(cls)}: a mapping with {known}")
            node = Mapping({shorthand: node}, {shorthand: node.span}, node.span)
        fields, given = _fields(cls), node.values
        for name, span in node.keys.items():
            if name not in fields:
                self.problems.add(span, _no_field(cls, name, given[name], fields))
        values: dict[str, Any] = {}
        for name, field in fields.items():  # in their order: names are known from where they are read
            if name in given:
                values[field.name] = field.reading(self, given[name])
        missing = [name for name in _required(cls) if name not in given]
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

    def many(self, node: Node, read: "Read", mark: Refers | None) -> Any:
        """A tuple of what the items of a list are; one that is marked as a name may stand for several."""
        values: list[Any] = []
        for item in items(node):
            several = None if mark is None else self._several(item, mark)
            if several is None:
                values.append(read(self, item))
            else:
                values += several
        return INVALID if INVALID in values else tuple(values)

    def _several(self, node: Node, mark: Refers) -> tuple[Any, ...] | None:
        """The names that one word in a list of names stands for, where it is none itself; None where it is."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return None
        found = self.names.matching(mark, node.value)
        if found == () and not self.names.complaint(mark.kind, ""):
            return ()  # there is no topology: that is said already
        return found or (None if found is None else (self.wrong(node, f"no {mark.kind.value} is meant by this"),))

    def mapping(self, node: Node, read_key: "Read", read: "Read") -> Any:
        """Names and their values."""
        if not isinstance(node, Mapping):
            return self.wrong(node, f"expected names with values, not {_found(node)}")
        values = {}
        for name, inner in node.values.items():
            key = read_key(self, Scalar(name, node.keys[name]))
            values[key] = read(self, inner)
        return INVALID if INVALID in values or INVALID in values.values() else values

    def scalar(self, node: Node, annotation: Any, whole: Any, checks: tuple[Check, ...]) -> Any:
        """A single value of a type, as msgspec judges it with the limits of the `whole` annotation."""
        if not isinstance(node, Scalar):
            return self.wrong(node, f"expected {_words(annotation)}, not {_found(node)}")
        try:
            value = msgspec.convert(node.value, whole, strict=True)
        except msgspec.ValidationError as error:
            if isinstance(annotation, type) and type(node.value) is not annotation:
                return self.wrong(node, f"expected {_words(annotation)}, not {_found(node)}")
            return self.wrong(node, _reworded(error))
        return self.checked(node, value, checks)

    def checked(self, node: Node, value: Any, checks: tuple[Check, ...]) -> Any:
        """A value of the right type, if nothing is to be said against it."""
        for check in checks:
            complaint = check(self, value)
            if complaint:
                return self.wrong(node, complaint)
        return value

    def choice(self, node: Scalar, choices: dict[str, Any], what: str) -> Any:
        """What a word stands for."""
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
