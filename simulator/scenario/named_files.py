"""The files that a scenario refers to and does not consist of: another machine that is sent the scenario lacks them."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import msgspec

from simulator.scenario.loading.loader import Scenario
from simulator.scenario.scalars import FilePath


def named_files(scenario: Scenario) -> Iterator[Path]:
    """Each file or folder in its topology and its steps, whatever it is for."""
    yield from _in(scenario.topology)
    for entry in scenario.steps:
        for each in (entry, *entry.inner):
            yield from _in(each.step)


def _in(value: Any) -> Iterator[Path]:
    if isinstance(value, FilePath):
        yield value.path
        return
    for part in _parts(value):
        yield from _in(part)


def _parts(value: Any) -> Iterator[Any]:
    if isinstance(value, msgspec.Struct):
        yield from (getattr(value, name) for name in value.__struct_fields__)
    elif isinstance(value, Mapping):
        yield from value.values()
    elif isinstance(value, tuple | list):
        yield from value
    elif is_dataclass(value):
        yield from (getattr(value, each.name) for each in fields(value))
