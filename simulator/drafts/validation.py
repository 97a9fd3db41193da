"""Whether what a module exports as its draft is one: all that is missing or of another type, and where."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from simulator.drafts.draft import Draft
from simulator.drafts.endpoint_words import WORDS
from simulator.errors import Misuse, hint

ATTRIBUTE = "DRAFT"
"""What a draft's module exports."""

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
_MOST = 8


class BadDraft(Misuse):
    """A draft of the user's own that does not fit."""


def fitting(value: object, file: str) -> Draft:
    """A draft, as its module in `file` exports it. Raises BadDraft with all that does not fit."""
    if not isinstance(value, Draft):
        raise BadDraft(f"{file}: {ATTRIBUTE} is no {Draft.__module__}.{Draft.__name__}, but {_shown(value)}")
    found = list(_misfits(value, Draft, ATTRIBUTE)) or list(_contradictions(value))
    if found:
        shown = [*found[:_MOST], *([f"... and {len(found) - _MOST} more"] if len(found) > _MOST else [])]
        raise BadDraft("\n".join(f"{file}: {each}" for each in shown))
    return value


def _contradictions(draft: Draft) -> Iterator[str]:
    """What is of the right types and can't be all the same."""
    if not _NAME.fullmatch(draft.name):
        yield f'{ATTRIBUTE}.name: "{draft.name}" can\'t be a name: lower case letters, digits, ".", "-" and "_" only'
    names = [endpoint.name for endpoint in draft.endpoints]
    for name in dict.fromkeys(each for each in names if names.count(each) > 1):
        yield f'{ATTRIBUTE}.endpoints: more than one is called "{name}"'
    if not names:
        yield f"{ATTRIBUTE}.endpoints: there is none"
    for word, meaning in draft.words.items():
        if word not in WORDS:
            known = hint(word, WORDS) or f"; known: {', '.join(WORDS)}"
            yield f'{ATTRIBUTE}.words: unknown word "{word}"{known}'
        elif names and meaning.endpoint not in names:
            yield f"{ATTRIBUTE}.words[{word!r}]: there is no endpoint {meaning.endpoint}{hint(meaning.endpoint, names)}"
    for name in (each for each in names if each in WORDS):
        yield f"{ATTRIBUTE}.endpoints: \"{name}\" can't be one's name: it is a word for those of every draft"
    for name in (each.name for each in draft.issuer_endpoints if each.name in names):
        yield f"{ATTRIBUTE}.endpoints: \"{name}\" can't be one's name: it is an endpoint of issuers, in every draft"


def _misfits(value: Any, annotation: Any, where: str) -> Iterator[str]:
    """What is not as an annotation says, in a value and all that is in it."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _misfits(value, inner[0], where)
    elif annotation is Any:
        return
    elif origin in (Union, UnionType):
        yield from _none_of(value, inner, where)
    elif origin is Literal:
        if value not in inner:
            yield _wrong(where, f"one of {', '.join(map(str, inner))}", value)
    elif origin is tuple:
        yield from _items(value, inner, where)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from _entries(value, inner, where)
    elif origin is Callable or (getattr(annotation, "_is_protocol", False) and "__call__" in vars(annotation)):
        if not callable(value):
            yield _wrong(where, "something to call", value)
    elif getattr(annotation, "_is_protocol", False):
        yield from _members(value, annotation, where)
    else:
        yield from _instance(value, origin or annotation, where)


def _none_of(value: Any, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    """The complaints of the kind that comes nearest, where a value is of none."""
    complaints = [list(_misfits(value, kind, where)) for kind in kinds]
    if all(complaints):
        deeper = [each for each in complaints if not each[0].startswith(f"{where}: ")]
        named = " or ".join("None" if kind is NoneType else getattr(kind, "__name__", str(kind)) for kind in kinds)
        yield from deeper[0] if deeper else (_wrong(where, named, value),)


def _items(value: Any, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield _wrong(where, "a tuple", value)
    elif len(kinds) == 2 and kinds[1] is Ellipsis:
        for place, item in enumerate(value):
            yield from _misfits(item, kinds[0], f"{where}[{place}]")
    elif len(value) != len(kinds):
        yield _wrong(where, f"{len(kinds)} values", value)
    else:
        for place, (item, kind) in enumerate(zip(value, kinds, strict=True)):
            yield from _misfits(item, kind, f"{where}[{place}]")


def _entries(value: Any, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, Mapping):
        yield _wrong(where, "a mapping", value)
        return
    for key, item in value.items():
        yield from _misfits(key, kinds[0], f"{where}: the key {key!r}")
        yield from _misfits(item, kinds[1], f"{where}[{key!r}]")


def _members(value: Any, protocol: Any, where: str) -> Iterator[str]:
    """What a value lacks of an interface."""
    names = {*vars(protocol), *getattr(protocol, "__annotations__", {})}
    for name in sorted(each for each in names if not each.startswith("_")):
        if not hasattr(value, name):
            yield f"{where}.{name} is missing"


def _instance(value: Any, kind: Any, where: str) -> Iterator[str]:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
        yield _wrong(where, getattr(kind, "__name__", str(kind)), value)
    elif is_dataclass(kind) and isinstance(kind, type):
        hints = get_type_hints(kind, include_extras=True)
        for field in fields(kind):
            yield from _misfits(getattr(value, field.name), hints[field.name], f"{where}.{field.name}")


def _wrong(where: str, wanted: str, value: object) -> str:
    return f"{where}: expected {wanted}, not {_shown(value)}"


def _shown(value: object) -> str:
    return "None" if value is None else f"{_article(type(value).__name__)} {type(value).__name__}"


def _article(word: str) -> str:
    return "an" if word[:1].lower() in "aeiou" else "a"
