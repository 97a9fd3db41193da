"""No word of a draft stands where every draft is meant: its structs, endpoints, documents and roles are its own."""

import ast
import importlib
import pkgutil
import re
from pathlib import Path
from types import ModuleType

from simulator import drafts
from simulator.drafts.draft import Draft

ROOT = Path(__file__).parents[1] / "simulator"
PACKAGES = [
    package
    for module in pkgutil.iter_modules(drafts.__path__)
    for package in [importlib.import_module(f"{drafts.__name__}.{module.name}")]
    if any(isinstance(value, Draft) for value in vars(package).values())
]
"""Each in a folder beside what is neutral."""
FOLDERS = [Path(package.__path__[0]) for package in PACKAGES]
WRITTEN = {".py", ".md", ".sql", ".html", ".js"}
FILES = sorted(
    file for file in ROOT.rglob("*") if file.suffix in WRITTEN and not any(folder in file.parents for folder in FOLDERS)
)

ALLOWED = (
    ("drafts/__init__.py", r"mimi[_-](transport[_-]0[01]|protocol[_-]06)", "the lines that list the packages"),
    (
        "guides/",
        r"mimi-(transport-00|protocol-06)",
        "what people type to choose a draft: there has to be one of that name",
    ),
    (
        "guides/own-server.md",
        r"requestConsent|updateConsent|keyMaterial|submitMessage|groupInfo|reportAbuse|roomId|mimi://b\.example/r/\w*",
        "somebody's own server is one of some draft",
    ),
    ("cli/commands/new.py", r"mimi-transport-00", "the same"),
    ("cli/commands/compare.py", r"mimi-transport-0[01]|T-SECURITY-RECIPIENT", "the same"),
    (
        "guides/change.md",
        r"mimi_transport_00|QueueingServiceRequestTBS|FanoutRecipient|AddUsers\b|group_id|wrong_recipient",
        "a change to show is one of some draft",
    ),
    ("guides/compare.md", r"mimi-transport-01|T-VERIFICATION-KEY-USE", "what it compares are drafts"),
    ("mls/", r"(?i:delivery service)", "RFC 9420's own word"),
    (
        "fuzzing/whole_group.py",
        r"0xF001|(?i:delivery service)",
        "RFC 9420's own word, and an extension type that is for anybody's private use",
    ),
    ("fuzzing/groups.py", r'"frank"', "a member's name, from which its keys follow: findings have them in their bytes"),
    (
        "services/provider_keys.py",
        r"\"verification_key(_id)?\"",
        "labels of randomness: others give other keys from a seed",
    ),
    ("scenario/topology.py", r"\bds_host\b", "the keyword in scenario files"),
    ("scenario/running/building.py", r"\bspec\.ds_host\b", "the same"),
    ("scenario/steps/lie_in_discovery.py", r"\bds_host\b", "the same"),
    ("cli/output/outline.py", r"\bds_host\b", "the same"),
)
"""Where in `simulator/` a pattern may match all the same, and why."""


def test_no_word_of_a_draft() -> None:
    found = [f"{file.relative_to(ROOT)}:{hit}" for file in FILES for hit in _found(file)]
    assert not found, "\n".join(found)


def test_nothing_is_allowed_that_does_not_occur() -> None:
    for place, pattern, why in ALLOWED:
        files = [file for file in FILES if str(file.relative_to(ROOT)).startswith(place)]
        assert any(re.search(pattern, file.read_text()) for file in files), (place, pattern, why)


def _words(package: ModuleType, neutral: set[str]) -> re.Pattern[str]:
    """What is this draft's own: all that its row says, but for what neutral code has a class of that name for, and the
    vocabulary in its folder.
    """
    (draft,) = {value.name: value for value in vars(package).values() if isinstance(value, Draft)}.values()
    names = {row.name for row in draft.endpoints if _compound(row.name)}
    names |= {name for name in draft.structs if _compound(name)} - neutral
    names |= {draft.name, package.__name__.rpartition(".")[2]}
    vocabulary = importlib.import_module(f"{package.__name__}.vocabulary").VOCABULARY
    alone = rf"(?<![^\W_])(?:{'|'.join(map(re.escape, sorted(names)))})(?![^\W_])"
    return re.compile("|".join((*vocabulary, alone)))


def _compound(name: str) -> bool:
    """Whether it is no word of plain English: `Head` and `update` say nothing about a draft, `FanoutRecipient` and
    `group_operation` do.
    """
    return "_" in name or sum(map(str.isupper, name[1:])) > 0


def _classes(file: Path) -> set[str]:
    if file.suffix != ".py":
        return set()
    return {node.name for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ClassDef)}


NEUTRAL = {name for file in FILES for name in _classes(file)}
WORDS = [_words(package, NEUTRAL) for package in PACKAGES]


def _found(file: Path) -> list[str]:
    text = file.read_text()
    for place, pattern, _ in ALLOWED:
        if str(file.relative_to(ROOT)).startswith(place):
            text = re.sub(pattern, "", text)
    words = [said for said in WORDS if said.search(text)]
    lines = enumerate(text.splitlines() if words else (), 1)
    hits = ((number, line.strip(), said.search(line)) for number, line in lines for said in words)
    return [f"{number}: {hit[0]!r} in {line}" for number, line, hit in hits if hit]
