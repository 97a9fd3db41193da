"""Seeds as an author writes them: one, a range, or several of these."""

import re
from collections.abc import Iterator
from typing import Any

from simulator.dataclass import dataclass
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.nodes import Node, Scalar, items

LARGEST = 2**63 - 1
_RANGE = re.compile(r"([0-9]{1,19})\.\.([0-9]{1,19})")
_EXPECTED = f"expected a seed from 0 to {LARGEST}, or a range such as 1..1000"


@dataclass(frozen=True, slots=True)
class Seeds:
    """Seeds: `7`, `1..1000` (both included), or a list of such."""

    ranges: tuple[range, ...] = ()

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From numbers and ranges. One seed twice would be one run twice."""
        found: list[range] = []
        for item in items(node):
            seeds = _range(item)
            if seeds is None:
                return reader.wrong(item, _EXPECTED)
            if not seeds:
                return reader.wrong(item, "this range has nothing in it: the smaller seed comes first")
            if any(max(seeds.start, other.start) < min(seeds.stop, other.stop) for other in found):
                return reader.wrong(item, "this has seeds that are there already")
            found.append(seeds)
        return cls(tuple(found)) if found else reader.wrong(node, _EXPECTED)

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        one = {"anyOf": [{"type": "integer", "minimum": 0}, {"type": "string", "pattern": f"^{_RANGE.pattern}$"}]}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}

    def __iter__(self) -> Iterator[int]:
        for seeds in self.ranges:
            yield from seeds

    def __len__(self) -> int:
        return sum(map(len, self.ranges))

    def __str__(self) -> str:
        return ", ".join(str(each[0]) if len(each) == 1 else f"{each[0]}..{each[-1]}" for each in self.ranges)


def _range(node: Node) -> range | None:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int) and not isinstance(value, bool):
        first = last = value
    elif isinstance(value, str) and (match := _RANGE.fullmatch(value)):
        first, last = int(match[1]), int(match[2])
    else:
        return None
    return range(first, last + 1) if first >= 0 and last <= LARGEST else None
