"""The scenarios and lessons that come with the package.

They are called the same everywhere: where the working folder has no `scenarios` of its own, `scenarios/joins` is the
shipped folder, with the ids, messages and golden traces that it has in a checkout.
"""

import os
import shutil
from pathlib import Path

from simulator.errors import SimulatorError

SCENARIOS = "scenarios"
LESSONS = "notebooks"
_PACKAGE = Path(__file__).parents[2]


def located(path: Path) -> Path:
    """Where what is called `path` is read: in the package if it begins with `scenarios` and the working folder has
    nothing of that name, else where it says.
    """
    if path.parts[:1] != (SCENARIOS,) or os.path.lexists(SCENARIOS):
        return path
    return _root() / path


def copy_all(folder: Path) -> tuple[Path, ...]:
    """Copy scenarios and lessons into a new or empty folder, and return the copies' two folders.

    Raises SimulatorError where the folder has something in it, or can't be written.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise SimulatorError(f"{folder}: there is something already; nothing was written")
        copies = tuple(folder / name for name in (SCENARIOS, LESSONS))
        for copy in copies:
            shutil.copytree(_root() / copy.name, copy, ignore=shutil.ignore_patterns(".*", "__pycache__", "*.md"))
    except OSError as error:
        raise SimulatorError(f"{folder}: can't be written: {error.strerror or error}") from None
    return copies


def _root() -> Path:
    """A wheel has them inside the package; a checkout has them beside it."""
    inside = _PACKAGE / "shipped"
    return inside if inside.is_dir() else _PACKAGE.parent
