"""The rules that a package declares: each is a constant of a module, or in one that is a value made of rules."""

import pkgutil
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from importlib import import_module
from types import ModuleType
from typing import Any

from simulator.rules.requirement import Requirement
from simulator.rules.rule import Rule


def declared_in(package: str) -> tuple[Rule, ...]:
    """All rules of a module or package, by its dotted name, in the order of its modules' names. Imports them all."""
    return _declared(import_module(package))


@lru_cache(64)
def _declared(package: ModuleType) -> tuple[Rule, ...]:
    """Drafts have packages in common."""
    found = {rule: None for module in _modules(package) for value in _constants(module) for rule in _rules(value)}
    return tuple(found)


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    yield package
    inside = pkgutil.walk_packages(getattr(package, "__path__", ()), f"{package.__name__}.")
    for name in sorted(each.name for each in inside):
        yield import_module(name)


def _constants(module: ModuleType) -> Iterator[Any]:
    return (value for name, value in vars(module).items() if name.isupper() or name.strip("_").isupper())


def _rules(value: Any) -> Iterator[Rule]:
    if isinstance(value, Rule):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _rules(each)
    elif is_dataclass(value) and not isinstance(value, (type, Requirement)):
        for each in fields(value):
            yield from _rules(getattr(value, each.name))
