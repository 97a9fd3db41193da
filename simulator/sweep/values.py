"""What an experiment wants to know of each run besides its usual measures: the values of expectations."""

from typing import Any

import msgspec
from msgspec.structs import replace

from simulator.dataclass import dataclass
from simulator.scenario.defined_names import names_of
from simulator.scenario.expect import unknown
from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.loading.conversion import INVALID, Reader
from simulator.scenario.loading.nodes import Mapping, Node, Scalar
from simulator.scenario.loading.problems import Problems
from simulator.scenario.schema import ScenarioFile
from simulator.scenario.step import Expectation

_LEAST = "at_least"


@dataclass(frozen=True, slots=True)
class Value:
    """An expectation by its keyword: `requests: {endpoint: fan_out}`, whose names each scenario has to know."""

    node: Mapping

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From a mapping with one keyword. What is behind it is read when the scenarios are known."""
        if not isinstance(node, Mapping) or len(node.values) != 1:
            return reader.wrong(node, "expected one expectation, such as requests: {endpoint: fan_out}")
        ((word, place),) = node.keys.items()
        if word not in EXPECTATIONS:
            return reader.wrong(place, unknown("expectation", word, list(EXPECTATIONS)))
        if EXPECTATIONS[word].needs_step:
            return reader.wrong(place, f'"{word}" compares with the time before a step: it has no value at the end')
        return cls(node)

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        words = {word: {"$ref": f"#/$defs/expect.{word}"} for word, kind in EXPECTATIONS.items() if not kind.needs_step}
        return {
            "type": "object",
            "properties": words,
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 1,
        }

    def expectation(self, content: ScenarioFile, problems: Problems) -> Expectation | None:
        """What is meant in a scenario. None where it can't be that, and `problems` says why."""
        ((word, said),) = self.node.values.items()
        kind, reader = EXPECTATIONS[word], Reader(problems, names_of(content), {})
        found = reader.struct(_counting(said, kind), kind, self.node.keys[word])
        return None if found is INVALID else found


def _counting(said: Node, kind: type[Expectation]) -> Node:
    """The same without a number that has to be there: here it is what is asked for."""
    fields = {field.encode_name for field in msgspec.structs.fields(kind)}
    if not isinstance(said, Mapping) or not {_LEAST, "count"} <= fields or said.values.keys() & {"count", _LEAST}:
        return said
    return replace(said, values={**said.values, _LEAST: Scalar(0, said.span)}, keys={**said.keys, _LEAST: said.span})
