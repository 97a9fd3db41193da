"""The copy of a draft, to be changed: its package under another name, a draft of its own."""

import sys
from pathlib import Path

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError

_KINDS = (".py", ".md")
"""What a draft's package consists of."""


def copy_draft(draft: Draft, folder: Path) -> str:
    """Write a draft's package once more, into a new folder; the copy's name. Raises SimulatorError."""
    module = sys.modules.get(draft.declares[0]) if draft.declares else None
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


def _exported(module: object, draft: Draft) -> str:
    """What the draft is called in its package."""
    return next((name for name, value in vars(module).items() if value is draft), "DRAFT")


def _renamed(text: str, package: str, name: str) -> str:
    """A module's text in which it is in another package."""
    return text.replace(package, name)
