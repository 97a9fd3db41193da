"""The copy of a draft, to be changed: its package under another name, a draft of its own."""

import sys
from pathlib import Path
from types import ModuleType

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError

_KINDS = (".py", ".md")
"""What a draft's package consists of."""


def copy_draft(draft: Draft, folder: Path) -> str:
    """Write a draft's package once more, into a new folder; the copy's name. Raises SimulatorError."""
    module = _own(draft)
    if module is None or module.__file__ is None:
        raise SimulatorError(f"{draft.name} says of no package that it is its own, so there is nothing to copy")
    if not folder.name.isidentifier():
        raise SimulatorError(f"{folder}: Python has to import it by this name: letters, digits and _ only")
    name = folder.name.replace("_", "-")
    if name in registry.names():
        raise SimulatorError(f"{folder}: there is a draft {name} already")
    source, exported = Path(module.__file__).parent, _exported(module, draft)
    try:
        folder.mkdir(parents=True)
        for file in sorted(each for each in source.rglob("*") if each.suffix in _KINDS):
            copy = folder / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(_renamed(file.read_text(encoding="utf-8"), module.__name__, folder.name), encoding="utf-8")
        first = folder / "__init__.py"
        like = "" if draft.like else f', like="{draft.name}"'
        text = first.read_text(encoding="utf-8").replace(f'name="{draft.name}"', f'name="{name}"{like}', 1)
        first.write_text(text if exported == "DRAFT" else f"{text}\nDRAFT = {exported}\n", encoding="utf-8")
    except FileExistsError:
        raise SimulatorError(f"{folder}: there is such a folder already; nothing was written") from None
    except OSError as error:
        raise SimulatorError(f"{folder}: {error.strerror}") from error
    return name


def _own(draft: Draft) -> ModuleType | None:
    """Of the packages that declare what it demands, the one that it is made in: others are of drafts that it is made
    from.
    """
    modules = (sys.modules.get(package) for package in draft.declares)
    return next((each for each in modules if each is not None and _exported(each, draft)), None)


def _exported(module: ModuleType, draft: Draft) -> str:
    """What the draft is called in a package; nothing where it is not there."""
    return next((name for name, value in vars(module).items() if value is draft), "")


def _renamed(text: str, package: str, name: str) -> str:
    """A module's text in which it is in another package."""
    return text.replace(package, name)
