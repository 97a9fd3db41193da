"""The federation of all seeds, and scenario files from plain data."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

from simulator.scenario import Scenario
from simulator.scenario.loading.loader import read

Item = Mapping[str, Any]
"""One step with all that is said about it, as in a scenario file."""

PROVIDERS = {
    "a.example": {"alice": ["phone", "laptop"], "adam": ["phone"], "anna": ["phone"]},
    "b.example": {"bob": ["phone", "tablet"], "bea": ["phone"], "ben": ["phone"]},
    "c.example": {"carol": ["phone", "laptop"], "chris": ["phone"], "cleo": ["phone"], "cora": ["phone"]},
}

CHECKS = {"consistent": {}, "delivered": {}}


def topology(providers: Mapping[str, Mapping[str, Sequence[str]]] = PROVIDERS) -> dict[str, Any]:
    """As in a scenario file."""
    return {"key_packages": 4, "providers": {name: {"users": users} for name, users in providers.items()}}


def content(seed: int, steps: Sequence[Item], described: str, where: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A whole scenario file as plain data."""
    head = {"name": f"Randomised federation, seed {seed}", "description": described, "seed": seed, "timeout": "5m"}
    return {**head, "topology": where or topology(), "steps": list(steps)}


def scenario(data: Mapping[str, Any]) -> Scenario:
    """What the file would be. Raises ScenarioFileError."""
    return Scenario("randomised", "randomised.yaml", read(json.dumps(data), "randomised.yaml"))


def text(data: Mapping[str, Any]) -> str:
    """The scenario as people write it: a line for a step, where it fits."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 110
    out = StringIO()
    yaml.dump(dict(data), out)
    return str(out.getvalue())
