"""A layout as JSON's values: lists, mappings, texts and numbers; types are in `notation`.

    {"structs": {"Reading": [["kind", "Kind"], ["until", "uint64", ["kind", "timed"]]]},
     "enums": {"Kind": [1, {"plain": 1, "timed": 2}]},
     "unions": {"Credential": ["CredentialType", {"basic": "BasicCredential"}]},
     "bodies": [["Extension.extension_data", "extension_type", "", {"1": "ApplicationId"}]]}

The third item of a field is its condition: the path and the cases. A body is a field, the one with the number, the
struct that has to hold it, and types by number.
"""

import re
from collections.abc import Mapping
from typing import Any

from simulator.codec.layout.bounds import checked
from simulator.codec.layout.errors import LayoutError
from simulator.codec.layout.model import (
    BodyLayout,
    Condition,
    EnumLayout,
    FieldLayout,
    UnionLayout,
    WireLayout,
)
from simulator.codec.layout.notation import is_name, text_of, type_from

LONGEST_TEXT = 1000
"""Characters of a text in a layout."""
MOST_SHOWN = 100
"""Characters of a text that is told of because it is none."""
MOST_ITEMS = 10_000
"""Of a list or a mapping there."""

_NUMBER = re.compile(r"0|[1-9][0-9]{0,9}")
_KEYS = ("structs", "enums", "unions", "bodies")


def to_data(layout: WireLayout) -> dict[str, Any]:
    """The layout as JSON's values."""
    return {
        "structs": {name: [_field(each) for each in fields] for name, fields in layout.structs.items()},
        "enums": {name: [each.size, dict(each.values)] for name, each in layout.enums.items()},
        "unions": {name: [each.tag, dict(each.cases)] for name, each in layout.unions.items()},
        "bodies": [
            [
                f"{each.struct}.{each.field}",
                each.number,
                each.inside,
                {str(number): text_of(type_) for number, type_ in each.types.items()},
            ]
            for each in layout.bodies
        ],
    }


def _field(field: FieldLayout) -> list[Any]:
    condition = [] if field.when is None else [[field.when.path, *field.when.cases]]
    return [field.name, text_of(field.type), *condition]


def from_data(data: object, place: str = "") -> WireLayout:
    """The layout that these values say. Raises LayoutError for anything else, and beyond the bounds of `checked`."""
    found = mapping(data, place, _KEYS)
    structs = {
        named(name, "structs"): tuple(
            _read_field(each, f"structs.{name}[{index}]") for index, each in enumerate(items(value, f"structs.{name}"))
        )
        for name, value in mapping(found["structs"], "structs").items()
    }
    enums = {
        named(name, "enums"): _enum(value, f"enums.{name}") for name, value in mapping(found["enums"], "enums").items()
    }
    unions = {
        named(name, "unions"): _union(value, f"unions.{name}")
        for name, value in mapping(found["unions"], "unions").items()
    }
    bodies = tuple(_body(each, f"bodies[{index}]") for index, each in enumerate(items(found["bodies"], "bodies")))
    return checked(WireLayout(structs, enums, unions, bodies))


def _read_field(value: object, place: str) -> FieldLayout:
    name, kind, *rest = items(value, place, least=2, most=3)
    return FieldLayout(
        named(name, place), type_from(text(kind, place), place), _condition(rest[0], place) if rest else None
    )


def _condition(value: object, place: str) -> Condition:
    path, *cases = items(value, place, least=2)
    for part in text(path, place).split("."):
        named(part, place)
    return Condition(text(path, place), tuple(_case(each, place) for each in cases))


def _case(value: object, place: str) -> str | int:
    return number(value, place) if isinstance(value, int) else named(value, place)


def _enum(value: object, place: str) -> EnumLayout:
    size, values = items(value, place, least=2, most=2)
    found = {named(name, place): number(each, f"{place}.{name}") for name, each in mapping(values, place).items()}
    return EnumLayout(number(size, place), found)


def _union(value: object, place: str) -> UnionLayout:
    tag, cases = items(value, place, least=2, most=2)
    return UnionLayout(
        named(tag, place), {named(name, place): named(each, place) for name, each in mapping(cases, place).items()}
    )


def _body(value: object, place: str) -> BodyLayout:
    field, by, inside, types = items(value, place, least=4, most=4)
    struct, _, name = text(field, place).partition(".")
    found = {}
    for key, each in mapping(types, place).items():
        if not _NUMBER.fullmatch(key):
            raise LayoutError(place, f"{key[:MOST_SHOWN]!r} is no number")
        found[int(key)] = type_from(text(each, place), place)
    by, inside = (text(each, place) and named(each, place) for each in (by, inside))
    return BodyLayout(named(struct, place), named(name, place), found, by, inside)


def mapping(value: object, place: str, keys: tuple[str, ...] | None = None) -> Mapping[str, object]:
    """A JSON object, with exactly these keys where they are given. Raises LayoutError."""
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise LayoutError(place, "not a mapping")
    if len(value) > MOST_ITEMS:
        raise LayoutError(place, f"more than {MOST_ITEMS:,} entries")
    if keys is not None and set(value) != set(keys):
        raise LayoutError(place, f"has to have {', '.join(keys)}, and nothing else")
    return value


def items(value: object, place: str, least: int = 0, most: int = MOST_ITEMS) -> list[Any]:
    """A JSON list of so many items. Raises LayoutError."""
    if not isinstance(value, list):
        raise LayoutError(place, "not a list")
    if not least <= len(value) <= most:
        raise LayoutError(place, f"{len(value):,} items, not {least} to {most:,}")
    return value


def text(value: object, place: str) -> str:
    """A JSON string. Raises LayoutError."""
    if not isinstance(value, str):
        raise LayoutError(place, "not a text")
    if len(value) > LONGEST_TEXT:
        raise LayoutError(place, f"a text of more than {LONGEST_TEXT:,} characters")
    return value


def named(value: object, place: str) -> str:
    """A JSON string that something may be called by. Raises LayoutError."""
    if not is_name(text(value, place)):
        raise LayoutError(place, f"{str(value)[:MOST_SHOWN]!r} is no name")
    return str(value)


def number(value: object, place: str) -> int:
    """A JSON number, whole, and not below 0. Raises LayoutError."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise LayoutError(place, "not a whole number")
    return value
