"""Drafts of a user's own, as tests write them: the first draft under another name, in a package of its own."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from simulator.drafts import registry
from simulator.drafts.by_name import DraftsByName, Listed
from simulator.drafts.draft import Draft

RENAMED = """\
from dataclasses import replace

from simulator.drafts import DRAFTS

DRAFT = replace(DRAFTS[0], name="{name}"{more})
"""


class _Made(Listed):
    """One that is made already."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft.name, "", usual=True)
        object.__setattr__(self, "_draft", draft)

    def draft(self) -> Draft:
        return self._draft


def only(*drafts: Draft) -> DraftsByName:
    """The simulator's own drafts, if these were all: each is usual."""
    return DraftsByName(*map(_Made, drafts))


def package(folder: Path, name: str, text: str = "", *, more: str = "") -> Path:
    """The folder of a package called `name` with this text; by default one with a draft of that name, and of `more`."""
    made = folder / name
    made.mkdir(parents=True)
    (made / "__init__.py").write_text(text or RENAMED.format(name=name, more=more and f", {more}"))
    return made


def install(site: Path, name: str, value: str, *, distribution: str = "") -> None:
    """Make a folder on `sys.path` look as if a package with this entry point had been installed there."""
    about = site / f"{distribution or name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution or name}\nVersion: 1.0\n")
    (about / "entry_points.txt").write_text(f"[{registry.GROUP}]\n{name} = {value}\n")


@contextmanager
def forgotten() -> Iterator[None]:
    """At the end no more drafts are known than before, and no more modules are imported but the simulator's own, of
    which there must not be two: what is listed by name is imported once.
    """
    modules, drafts = dict(sys.modules), dict(registry._by_path)
    registry._installed.cache_clear()
    try:
        yield
    finally:
        registry._installed.cache_clear()
        registry._by_path.clear()
        registry._by_path.update(drafts)
        for name in set(sys.modules) - set(modules):
            if not name.startswith("simulator."):
                del sys.modules[name]
