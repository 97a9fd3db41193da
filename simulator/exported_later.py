"""Packages that export names of modules which most processes never need: those are imported when a name of theirs is
first asked for (PEP 562).

    if TYPE_CHECKING:
        from simulator.trace.trace import Trace
    else:
        __getattr__ = exported_later(__name__, "trace")
"""

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any


def exported_later(package: str, *modules: str) -> Callable[[str], Any]:
    """The `__getattr__` of a package: for a name of its `__all__`, these modules of it are looked through in order. It
    raises AttributeError for any other name.
    """

    def exported(name: str) -> Any:
        exporting = sys.modules[package]
        for module in modules if name in exporting.__all__ else ():
            values = vars(import_module(f"{package}.{module}"))
            if name in values:
                setattr(exporting, name, values[name])
                return values[name]
        raise AttributeError(f"module {package!r} has no attribute {name!r}")

    return exported
