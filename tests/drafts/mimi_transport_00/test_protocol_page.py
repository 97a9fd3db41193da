"""What refusals, docstrings and requirements say about PROTOCOL.md is in it: it ships with the package."""

import re
from pathlib import Path

from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00

PACKAGE = Path(__file__).parents[3] / "simulator"
PAGE = (PACKAGE / "drafts" / "mimi_transport_00" / "PROTOCOL.md").read_text()
SECTIONS = set(re.findall(r"^##+ (\d+(?:\.\d+)?)\.? ", PAGE, re.MULTILINE))


def _named() -> dict[str, set[str]]:
    """The sections that the source names, each with the files that do so."""
    named: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        for sections in re.findall(r"PROTOCOL\.md\s+sections?\s+([\d., and]+)", path.read_text()):
            for section in re.findall(r"\d+(?:\.\d+)?", sections):
                named.setdefault(section, set()).add(path.name)
    return named


def test_every_section_that_is_named_is_there() -> None:
    named = _named()
    assert {"1", "2", "3", "4", "5", "6", "7"} <= set(named)
    assert {section: files for section, files in named.items() if section not in SECTIONS} == {}


def test_nothing_names_a_page_that_does_not_ship() -> None:
    assert [path for path in PACKAGE.rglob("*.py") if "protocol.md" in path.read_text()] == []


def test_each_requirement_of_the_profile_has_its_section() -> None:
    ours = [each for each in MIMI_TRANSPORT_00.requirements if each.source == "profile"]
    assert ours
    assert {each.id.split("-")[1] for each in ours} <= SECTIONS


def test_each_section_says_the_rules_before_the_choices() -> None:
    for section in PAGE.split("\n## ")[1:]:
        title, rules = section.split("\n\n")[:2]
        assert title[0].isdigit(), title
        assert not rules.startswith("|"), title
