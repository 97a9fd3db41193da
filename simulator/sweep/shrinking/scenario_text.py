"""A scenario's data as text: for the loader, a step a line; for people, as they write it."""

import json
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

_WIDTH = 110


def step_a_line(data: Mapping[str, Any]) -> tuple[str, int]:
    """JSON, which is YAML, and the line of the first step."""
    head = [f"{_json(name)}: {_json(value)}," for name, value in data.items() if name != "steps"]
    steps = [_json(step) for step in data["steps"]]
    return "\n".join(("{", *head, '"steps": [', ",\n".join(steps), "]}", "")), len(head) + 3


def for_people(data: Mapping[str, Any]) -> str:
    """YAML: a line for a step, where it fits."""
    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = None
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = _WIDTH
    yaml.representer.ignore_aliases = lambda data: True
    out = StringIO()
    yaml.dump(dict(data), out)
    return str(out.getvalue())


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
