"""Documents as a reader follows them: blocks of commands, files, programs and queries, from top to bottom."""

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from simulator.cli.guides import GUIDES

ROOT = Path(__file__).parent.parent
DOCUMENTS = {"README": ROOT / "README.md", **GUIDES}


@dataclass(frozen=True)
class Block:
    """A fenced block."""

    language: str
    text: str

    @property
    def file(self) -> str | None:
        """The file that it is, as its first line says."""
        named = re.match(r"# (\S+\.(?:yaml|py))\n", self.text)
        return named[1] if named else None

    @property
    def commands(self) -> tuple[str, ...]:
        """A shell's lines, without those that are comments only."""
        return tuple(line for line in self.text.splitlines() if line and not line.lstrip().startswith("#"))


def blocks(text: str) -> Iterator[Block]:
    """Those of a document, in order; one in a list is indented."""
    for found in re.finditer(r"^( *)```(\w+)\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE):
        yield Block(found[2], textwrap.dedent(found[3]))


def inline(text: str) -> tuple[str, ...]:
    """The commands within sentences."""
    prose = re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return tuple(dict.fromkeys(re.findall(r"`(mimi-sim [^`]+)`", prose)))


def exit_code(command: str) -> int:
    """What its comment says that it exits with; 0 where it says nothing."""
    said = re.search(r"#.*exit code (\d+)", command)
    return int(said[1]) if said else 0
