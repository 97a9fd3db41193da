"""Packages that only some features need: the one place that loads them, and says what to install where one is missing.

    from simulator.extras import polars     # inside of the function that uses it: loaded then, not before

    need("report")                          # before the work begins: all that a feature needs is there

Everything else (`run`, `serve`, `trace diff`, other exports) works without any of them.
"""

import sys
from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    import altair as altair
    import polars as polars
    import vl_convert as vl_convert

DISTRIBUTIONS = {
    "aiohttp": "aiohttp",
    "altair": "altair",
    "distributed": "distributed",
    "mls_rs_uniffi": "agentvault-mls-rs-uniffi",
    "polars": "polars",
    "uvicorn": "uvicorn",
    "uvloop": "uvloop",
    "vl_convert": "vl-convert-python",
}
"""What installs each package."""


@dataclass(frozen=True, slots=True)
class Feature:
    """What it is called in a sentence, the packages it loads, and the extra of `mimi-simulator` that installs them."""

    name: str
    packages: tuple[str, ...]
    extra: str


FEATURES: Mapping[str, Feature] = {
    "report": Feature("a report", ("altair", "vl_convert"), "report"),
    "parquet": Feature("the export to Parquet", ("polars",), "report"),
    "sweep": Feature("a sweep", ("polars",), "report"),
    "fuzzing": Feature("fuzzing", ("polars",), "report"),
    "cluster": Feature("a cluster", ("distributed",), "cluster"),
    "frames": Feature("a data frame", ("polars",), "notebook"),
    "plots": Feature("a plot in a notebook", ("altair", "vl_convert"), "notebook"),
    "baselines": Feature("a baseline on asyncio", ("aiohttp", "uvicorn", "uvloop"), "bench"),
    "mls-rs": Feature("a baseline of mls-rs", ("mls_rs_uniffi",), "bench"),
}
"""All that need more than a plain installation has."""


def need(feature: str) -> None:
    """Load what a feature of `FEATURES` needs. Raises SimulatorError, with what to install, where that can't be."""
    wanted = FEATURES[feature]
    _load(wanted.packages, f"{wanted.name} needs", wanted.extra)


def __getattr__(name: str) -> Any:
    """A package of `DISTRIBUTIONS`, loaded now. Raises SimulatorError where it is missing."""
    if name not in DISTRIBUTIONS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    extra = next(feature.extra for feature in FEATURES.values() if name in feature.packages)
    return _load((name,), "this needs", extra)[0]


def _load(packages: tuple[str, ...], needs: str, extra: str) -> list[Any]:
    loaded, missing = [], []
    for name in packages:
        try:
            loaded.append(import_module(name))
        except ModuleNotFoundError:
            missing.append(DISTRIBUTIONS[name])
        except Exception as error:  # whatever a package's own beginning may raise
            raise _unusable(f"{needs} {DISTRIBUTIONS[name]}", error, extra) from error
    if missing:
        which = "which is not installed" if len(missing) == 1 else "which are not installed"
        raise SimulatorError(f"{needs} {' and '.join(missing)}, {which}: {_install(extra)}")
    return loaded


def _unusable(needs: str, error: Exception, extra: str) -> SimulatorError:
    if sys.flags.optimize >= 2:
        return SimulatorError(f"{needs}, which wants docstrings: run Python without -OO (PYTHONOPTIMIZE=2)")
    return SimulatorError(f"{needs}, which can't be loaded ({error}); to install it again: {_install(extra)}")


def _install(extra: str) -> str:
    return f'pip install "mimi-simulator[{extra}]"'
