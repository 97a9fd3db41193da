"""Imports a user's own module from a path: a package's folder or a `.py` file, neither of which has to be installed.

It has the name that it would have if it were installed: a package that is in another is imported as a part of that one.
Nothing is put on `sys.path`, so that nothing else is imported from there.

Whoever edits such a module and asks for it again gets what is written there now. What the one from before is in use for
goes on with it.
"""

import importlib
import sys
import traceback
from contextlib import suppress
from importlib.util import cache_from_source, find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from simulator.errors import SimulatorError

_PACKAGE = "__init__.py"

_State = tuple[tuple[str, int, int], ...]
"""When which files were written, and their sizes."""

_imported: dict[str, tuple[Path, _State]] = {}
"""Of modules that were imported from a path, by name: the file, and the state of all that is theirs as of then."""


class BadModule(SimulatorError):
    """A path that no module can be imported from, or a module that raises when it is imported."""


def import_from(path: Path) -> ModuleType:
    """The module at a path; the same one however often it is asked for, as long as its own files (those in its folder,
    if it is a package) do not change. Raises BadModule.
    """
    file = _source(path)
    chain = _packages(file)
    name = ".".join(each.stem if each.name != _PACKAGE else each.parent.name for each in chain)
    if not all(part.isidentifier() for part in name.split(".")):
        raise BadModule(f'{path}: Python can\'t import "{name}": letters, digits and _ only, and no digit first')
    _forget_changed(name, file)
    before = set(sys.modules)
    try:
        state = _state(file)
        _import_first(name.partition(".")[0], chain[0])
        module = importlib.import_module(name)
    except BadModule:
        raise
    except (Exception, SystemExit) as error:
        for each in set(sys.modules) - before:
            if _is_in(each, name.partition(".")[0]):
                del sys.modules[each]
        raise BadModule(f"{path} can't be imported: {reason(error, file.parent)}") from error
    if name not in before:
        _imported[name] = file, state
    return module


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


def _forget_changed(name: str, file: Path) -> None:
    """Forget what was imported by this name from this file, with all that is in it, if something was written there
    since; and what was imported from a file that is gone.
    """
    known, state = _imported.get(name, (file, None))
    if state is None or (known.is_file() if known != file else _state(file) == state):
        return
    del _imported[name]
    for each in [each for each in sys.modules if _is_in(each, name)]:
        del sys.modules[each]
    for source in _files(file):  # bytecode is told by its source's size and second: too coarse for edits by a program
        with suppress(OSError):
            Path(cache_from_source(source)).unlink()
    importlib.invalidate_caches()


def _state(file: Path) -> _State:
    found = [(each, each.lstat()) for each in _files(file)]
    return tuple((str(each), stat.st_mtime_ns, stat.st_size) for each, stat in found)


def _files(file: Path) -> list[Path]:
    """A module's own: all that is below the folder of a package."""
    return sorted(file.parent.rglob("*.py")) if file.name == _PACKAGE else [file]


def _is_in(name: str, module: str) -> bool:
    return f"{name}.".startswith(f"{module}.")


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
