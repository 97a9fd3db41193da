"""Imports a user's own module from a path: a package's folder or a `.py` file, neither of which has to be installed.

It has the name that it would have if it were installed: a package that is in another is imported as a part of that one.
Nothing is put on `sys.path`, so that nothing else is imported from there.
"""

import importlib
import sys
import traceback
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from simulator.errors import SimulatorError

_PACKAGE = "__init__.py"


class BadModule(SimulatorError):
    """A path that no module can be imported from, or a module that raises when it is imported."""


def import_from(path: Path) -> ModuleType:
    """The module at a path; the same one however often it is asked for. Raises BadModule."""
    file = _source(path)
    chain = _packages(file)
    name = ".".join(each.stem if each.name != _PACKAGE else each.parent.name for each in chain)
    if not all(part.isidentifier() for part in name.split(".")):
        raise BadModule(f'{path}: Python can\'t import "{name}": letters, digits and _ only, and no digit first')
    before = set(sys.modules)
    try:
        _import_first(name.partition(".")[0], chain[0])
        return importlib.import_module(name)
    except BadModule:
        raise
    except (Exception, SystemExit) as error:
        for each in set(sys.modules) - before:
            if f"{each}.".startswith(f"{name.partition('.')[0]}."):
                del sys.modules[each]
        raise BadModule(f"{path} can't be imported: {reason(error, file.parent)}") from error


def reason(error: BaseException, folder: Path) -> str:
    """Why an import failed: the line in the folder that raised, or that called what raised, and the error."""
    said = f"{type(error).__name__}: {error}".removesuffix(": ")
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}:{error.lineno}: {type(error).__name__}: {error.msg}"
    inside = [
        frame for frame in traceback.extract_tb(error.__traceback__) if Path(frame.filename).is_relative_to(folder)
    ]
    return f"{inside[-1].filename}:{inside[-1].lineno}: {said}" if inside else said


def _source(path: Path) -> Path:
    """The file that is run when the module at a path is imported. Raises BadModule."""
    try:
        place = path.resolve(strict=True)
    except (OSError, RuntimeError) as error:
        raise BadModule(f"{path}: {getattr(error, 'strerror', None) or error}") from None
    if place.is_dir():
        if not (place / _PACKAGE).is_file():
            raise BadModule(f"{path} is no package: there is no {_PACKAGE} in this folder")
        return place / _PACKAGE
    if place.suffix != ".py":
        raise BadModule(f"{path} is no Python module: expected a package's folder or a .py file")
    return place


def _packages(file: Path) -> list[Path]:
    """The files that are run one after the other until a module is imported: those of the packages that it is in."""
    chain = [file]
    folder = file.parent.parent if file.name == _PACKAGE else file.parent
    while (folder / _PACKAGE).is_file():
        chain.insert(0, folder / _PACKAGE)
        folder = folder.parent
    return chain


def _import_first(name: str, file: Path) -> None:
    """Import the outermost package, or the module itself where it is in none. Raises BadModule, and what it raises."""
    there = sys.modules.get(name)
    spec = find_spec(name) if there is None else there.__spec__
    if there is not None or spec is not None:
        known = getattr(there, "__file__", None) or (spec.origin if spec and spec.has_location else None)
        if known is None or not file.samefile(known):
            where = "one of Python's own" if known is None else f"in {known}"
            raise BadModule(f'{file}: there is another module "{name}" already, {where}: rename this one')
        importlib.import_module(name)
        return
    search = [str(file.parent)] if file.name == _PACKAGE else None
    found = spec_from_file_location(name, file, submodule_search_locations=search)
    assert found is not None, "a .py file has a loader"  # noqa: S101
    assert found.loader is not None, "a .py file has a loader"  # noqa: S101
    sys.modules[name] = module = module_from_spec(found)
    found.loader.exec_module(module)
