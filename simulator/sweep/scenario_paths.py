"""The paths of an experiment's scenarios."""

import os
from pathlib import Path
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.scenario.loading.conversion import Reader
from simulator.scenario.loading.loader import files
from simulator.scenario.loading.nodes import Node, Scalar, items
from simulator.scenario.loading.pipeline import is_run


@dataclass(frozen=True, slots=True)
class ScenarioPaths:
    """Files, and folders with all scenarios below; a relative path begins where the experiment's file is."""

    files: tuple[Path, ...]

    @classmethod
    def read(cls, node: Node, reader: Reader) -> Any:
        """From one path or several, at which something is."""
        found: list[Path] = []
        for item in items(node):
            value = item.value if isinstance(item, Scalar) else None
            if not isinstance(value, str) or not value or "\0" in value:
                return reader.wrong(item, "expected the path of a scenario file or folder")
            source = item.span.source or reader.problems.source
            try:
                found += _scenarios(Path(os.path.normpath(Path(source.file).parent / value)))
            except SimulatorError as error:
                return reader.wrong(item, str(error))
        return cls(tuple(dict.fromkeys(found))) if found else reader.wrong(node, "expected a path or several")

    @classmethod
    def shape(cls) -> dict[str, Any]:
        """Its JSON Schema."""
        one = {"type": "string", "minLength": 1}
        return {"anyOf": [one, {"type": "array", "items": one, "minItems": 1}]}


def _scenarios(path: Path) -> list[Path]:
    """The file at a path, or all below it that are run. Raises SimulatorError where there is none."""
    found = files(path)
    if found == [path]:
        return found
    scenarios = [file for file in found if is_run(file)]
    if not scenarios:
        raise SimulatorError(f"{path}: no scenario in this folder, only what is no scenario")
    return scenarios
