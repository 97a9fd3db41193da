"""What a process runs: two that differ in it may come to different results from the same task."""

import hashlib
import platform
from functools import cache
from pathlib import Path

import simulator
from simulator.dataclass import dataclass
from simulator.own_version import own_version

_NAMES = {"simulator": "mimi-simulator", "python": "Python", "source": "source code with the digest"}


@dataclass(frozen=True, slots=True)
class Versions:
    """Of the simulator, of Python, and of the package's source code."""

    simulator: str
    python: str
    source: str
    """A digest of all of its modules."""

    def against(self, other: "Versions") -> str:
        """How the other differs from this one, in words; nothing where it does not."""
        return "; ".join(
            f"there {words} {getattr(other, name)}, here {getattr(self, name)}"
            for name, words in _NAMES.items()
            if getattr(self, name) != getattr(other, name)
        )


@cache
def versions() -> Versions:
    """Those of this process."""
    return Versions(own_version(), platform.python_version(), _digest(Path(simulator.__file__).parent))


def _digest(folder: Path) -> str:
    """Of the text of all modules below a folder, and where each one is."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        text = file.read_bytes().replace(b"\r\n", b"\n")
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(text)}\0".encode() + text)
    return digest.hexdigest()[:12]
