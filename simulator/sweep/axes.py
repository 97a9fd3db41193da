"""Axes with their values, and where each of them stands in its file."""

from collections.abc import Mapping
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.nodes import Mapping as MappingNode
from simulator.scenario.loading.nodes import Node, Scalar, items
from simulator.scenario.loading.problems import Span
from simulator.scenario.loading.substitution import Plain, shown


@dataclass(frozen=True, slots=True)
class Axes:
    """Names, each with one value or several: `{providers: [3, 6], suite: 1}`."""

    values: Mapping[str, tuple[Scalar, ...]]
    names: Mapping[str, Span]

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping; nothing is in it twice."""
        if not isinstance(node, MappingNode):
            return reader.wrong(node, "expected names with their values: {providers: [3, 6, 12]}")
        found = {name: _values(value, node.keys[name], reader) for name, value in node.values.items()}
        return INVALID if INVALID in found.values() else cls(found, node.keys)

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        one = {"type": ["string", "number", "boolean"]}
        several = {"type": "array", "items": one, "minItems": 1, "uniqueItems": True}
        return {"type": "object", "additionalProperties": {"anyOf": [one, several]}}

    def plain(self, name: str) -> tuple[Plain, ...]:
        """The values of an axis."""
        return tuple(each.value for each in self.values[name] if each.value is not None)


def same(one: Plain | None, other: Plain | None) -> bool:
    """Whether two values are the same in YAML, where 1 is not true."""
    return one == other and isinstance(one, bool) == isinstance(other, bool)


def _values(node: Node, name: Span, reader: Reader) -> Any:
    found: list[Scalar] = []
    for item in items(node):
        if not isinstance(item, Scalar) or item.value is None:
            return reader.wrong(item, "expected a text, a number, true or false")
        if any(same(item.value, other.value) for other in found):
            return reader.wrong(item, f"{shown(item.value)} is here twice")
        found.append(item)
    return tuple(found) or reader.wrong(name, "this needs one value or more")
