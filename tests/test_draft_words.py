"""No word of a draft stands where every draft is meant: its structs, endpoints, documents and roles are its own."""

import re
from pathlib import Path

import pytest

from simulator.drafts import DRAFTS

ROOT = Path(__file__).parents[1] / "simulator"
NEUTRAL = ("cli", "federation/control", "notebook", "trace")
SHARED = {"discovery", "KeyPackages"}
"""What is called what anybody would call it."""
WORDS = (
    r"\[DS\]",
    r"\[T\] [A-Z]",
    r"PROTOCOL\.md",
    r"protocol\.md",
    "verification key",
    "Delivery Service",
    r"\bDS host",
    "0xF00",
)
FILES = sorted(file for folder in NEUTRAL for file in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_no_word_of_a_draft(file: Path) -> None:
    structs = {name for draft in DRAFTS for name in draft.structs if len(name) > 9}
    endpoints = {row.name for draft in DRAFTS for row in draft.endpoints}
    names = {draft.name for draft in DRAFTS} | {draft.name.replace("-", "_") for draft in DRAFTS}
    said = re.compile("|".join((*WORDS, *(rf"\b{name}\b" for name in sorted({*structs, *endpoints, *names} - SHARED)))))
    found = [f"{number}: {line.strip()}" for number, line in _lines(file) if said.search(line)]
    assert not found, "\n".join(found)


def _lines(file: Path) -> list[tuple[int, str]]:
    return list(enumerate(file.read_text().splitlines(), 1))
