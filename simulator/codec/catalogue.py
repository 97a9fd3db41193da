"""Wire types by name, for whoever is asked to decode one."""

from importlib import import_module
from pkgutil import walk_packages
from types import ModuleType
from typing import Any

from simulator.codec.declare import wire_of


def declared_in(package: ModuleType) -> dict[str, Any]:
    """The structs and named wire types (`Proposal`, `RatchetTreeNodes`) of a package's modules, or of one module alone,
    sorted by name.
    """
    found: dict[str, Any] = {}
    inside = walk_packages(getattr(package, "__path__", ()), f"{package.__name__}.")
    for module in (package, *(import_module(each.name) for each in inside)):
        for name, value in vars(module).items():
            if name[0].isupper() and _is_declared(value, package.__name__):
                found.setdefault(name, value)
    return dict(sorted(found.items()))


def _is_declared(value: Any, package: str) -> bool:
    """Whether a value with a name is a wire type: no enum, and no class from elsewhere."""
    if isinstance(value, type):
        return "__wire__" in vars(value) and f"{value.__module__}.".startswith(f"{package}.")
    try:
        wire_of(value)
    except TypeError:
        return False
    return True
