"""Changed copies of the shipped draft's layout."""

import json
from collections.abc import Callable
from typing import Any

from simulator.trace.layout import Layout, from_json, to_json
from simulator.trace.layout.comparing import compare
from tests.trace.layout.recorded_bodies import shipped


def edited(edit: Callable[[dict[str, Any]], object]) -> Layout:
    """The shipped layout after an edit of its JSON's values."""
    values = json.loads(to_json(shipped()))
    edit(values)
    return from_json(json.dumps(values))


def told(edit: Callable[[dict[str, Any]], object]) -> list[str]:
    """What is said of the edited layout, compared with the shipped one."""
    return [str(change) for change in compare(shipped(), edited(edit))]


def told_back(edit: Callable[[dict[str, Any]], object]) -> list[str]:
    """The same the other way round."""
    return [str(change) for change in compare(edited(edit), shipped())]


def renamed(values: dict[str, Any], old: str, new: str) -> None:
    """Call a type otherwise, wherever it is named by itself."""
    text = json.dumps(values["wire"]).replace(f'"{old}"', f'"{new}"').replace(f'"{old}<V>"', f'"{new}<V>"')
    values["wire"] = json.loads(text)
