"""The drafts that this process knows: the simulator's own, those that are installed, those that it was given by path.

An installed package has a draft in the entry point group `mimi_simulator.drafts`: the value is the module that exports
`DRAFT`. A package that is not installed is given by the path of its folder, or of its `.py` file. All drafts of a
process are equal: their names mean them in files, traces and on the command line.
"""

import warnings
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.validation import ATTRIBUTE, BadDraft, fitting
from simulator.errors import Misuse, SimulatorWarning, hint
from simulator.user_modules import BadModule, import_from, reason

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "mimi_simulator.drafts"

_by_path: dict[Path, Draft] = {}
"""Those that were given by path, in that order."""


class UnknownDraft(Misuse):
    """A name that no draft here has."""


def known() -> tuple[Draft, ...]:
    """All drafts; the first is meant where nothing is said. A warning tells of one that is installed and unfit."""
    found = {draft.name: draft for draft in DRAFTS}
    for draft in _of_users():
        found.setdefault(draft.name, draft)
    return tuple(found.values())


def names() -> tuple[str, ...]:
    """The names of all drafts, in the same order; of the simulator's own none is imported for that."""
    return tuple(dict.fromkeys((*DRAFTS.names, *(draft.name for draft in _of_users()))))


def has(name: str) -> bool:
    """Whether a draft has this name."""
    return name in DRAFTS.names or name in names()


def _of_users() -> tuple[Draft, ...]:
    return (*_installed()[0], *_by_path.values())


def usual() -> tuple[Draft, ...]:
    """Those that a file is for which names none: the simulator's own that are `usual`. Others are spoken where
    somebody asks for it.
    """
    return tuple(each.draft() for each in DRAFTS.listed if each.usual)


def named(name: str) -> Draft:
    """The draft of this name. Raises UnknownDraft, and BadDraft for one that is installed and does not fit."""
    found = DRAFTS.named(name) or next((draft for draft in _by_path.values() if draft.name == name), None)
    found = found or next((draft for draft in _of_users() if draft.name == name), None)
    if found is not None:
        return found
    unfit = _installed()[1].get(name)
    if unfit is not None:
        raise unfit
    raise UnknownDraft(f'unknown draft "{name}"{hint(name, names()) or "; known: " + ", ".join(names())}')


def find(text: str) -> Draft:
    """The draft that a name or a path means: a path has a / in it, or ends in `.py`. Raises UnknownDraft, BadDraft."""
    if "/" in text or text.endswith(".py"):
        return add(Path(text))
    try:
        return named(text)
    except UnknownDraft as error:
        here = f"; is it the folder here? Then write ./{text}" if Path(text).is_dir() else ""
        raise UnknownDraft(f"{error}{here}") from None


def add(path: Path) -> Draft:
    """Know the draft of a module that is not installed, from here on, as its files are now: one whose files were
    changed takes the place of the one from before. Raises BadDraft.
    """
    for gone in [each for each in _by_path if not each.exists()]:
        del _by_path[gone]
    place = path.resolve().parent if path.name == "__init__.py" else path.resolve()
    before = _by_path.pop(place, None)
    try:
        module = import_from(path)
    except BadModule as error:
        raise BadDraft(str(error)) from error
    draft = _exported(module, str(path))
    if before is not None and before is not draft:
        _installed.cache_clear()
    _new(draft, _of_users(), str(path))
    _by_path[place] = draft
    return draft


def paths() -> tuple[Path, ...]:
    """Of those that were given by path: what another process has to `add` to know the same."""
    return tuple(_by_path)


@cache
def _installed() -> tuple[tuple[Draft, ...], dict[str, BadDraft]]:
    """Those that fit, and by name of their entry points what is wrong with others."""
    from importlib.metadata import entry_points

    return _all_of(entry_points(group=GROUP))


def _all_of(points: "Iterable[EntryPoint]") -> tuple[tuple[Draft, ...], dict[str, BadDraft]]:
    found: list[Draft] = []
    unfit: dict[str, BadDraft] = {}
    for point in sorted(points, key=lambda each: each.name):
        try:
            draft = _new(_of(point), found, _origin(point))
        except BadDraft as error:
            unfit[point.name] = error
            warnings.warn(f"an installed draft is left out: {error}", SimulatorWarning, stacklevel=2)
        else:
            found += [draft] if draft not in found else []
    return tuple(found), unfit


def _of(point: "EntryPoint") -> Draft:
    """The draft of an entry point. Raises BadDraft."""
    try:
        loaded = point.load()
    except (Exception, SystemExit) as error:
        raise BadDraft(f"{_origin(point)} can't be imported: {reason(error, _folder(point))}") from error
    return fitting(loaded, point.value) if isinstance(loaded, Draft) else _exported(loaded, _origin(point))


def _folder(point: "EntryPoint") -> Path:
    """Where the code of an entry point is; nowhere that there is where there is none."""
    spec = find_spec(point.module.partition(".")[0])
    return Path(spec.origin).parent if spec and spec.origin else Path(point.module)


def _new(draft: Draft, others: Iterable[Draft], origin: str) -> Draft:
    """The same. Raises BadDraft where another draft has its name: one of the simulator's own, or of these others."""
    other = DRAFTS.named(draft.name) or next((each for each in others if each.name == draft.name), draft)
    if other is not draft:
        raise BadDraft(f'{origin}: there is a draft "{draft.name}" already, {_whence(other)}: give one another name')
    return draft


def _exported(module: object, origin: str) -> Draft:
    """What a module exports. Raises BadDraft."""
    file = getattr(module, "__file__", None) or origin
    if not hasattr(module, ATTRIBUTE):
        raise BadDraft(f"{file}: {ATTRIBUTE} is missing: a draft's module exports its Draft by this name")
    return fitting(getattr(module, ATTRIBUTE), file)


def _origin(point: "EntryPoint") -> str:
    package = f" of the package {point.dist.name}" if point.dist else ""
    return f"the entry point {point.name} = {point.value}{package}"


def _whence(draft: Draft) -> str:
    if draft.name in DRAFTS.names:
        return "the simulator's own"
    path = next((path for path, each in _by_path.items() if each is draft), None)
    return "of an installed package" if path is None else f"of {path}"
