"""A user's own modules, which are not installed, as text that another machine is sent."""

import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError

_NOT_ITS_OWN = ("__pycache__",)
"""What Python leaves in a package's folders."""
_MOST = 64 * 2**20
"""So many octets are sent of one at most."""


@dataclass(frozen=True, slots=True)
class SentModule:
    """A module or package: its files, by their place below the folder that its outermost package is in."""

    path: str
    """Of the module itself, there."""
    files: Mapping[str, bytes]

    @property
    def digest(self) -> str:
        """The same for the same text."""
        digest = hashlib.sha256(self.path.encode())
        for name, text in sorted(self.files.items()):
            digest.update(f"\0{name}\0{len(text)}\0".encode() + text)
        return digest.hexdigest()

    @classmethod
    def at(cls, path: Path) -> "SentModule":
        """The one at a path, with the packages that it is in: all files of these but hidden ones, since a module may
        read what is beside it. Raises SimulatorError where that is too much.
        """
        top = path = path.resolve()
        while (top.parent / "__init__.py").is_file():
            top = top.parent
        root, files = top.parent, [top] if top.is_file() else sorted(filter(Path.is_file, top.rglob("*")))
        files = [each for each in files if _is_its_own(each.relative_to(root))]
        if sum(each.stat().st_size for each in files) > _MOST:
            raise SimulatorError(f"{top}: it is too large to be sent to workers: {_MOST // 2**20} MiB at most")
        return cls(
            path.relative_to(root).as_posix(), {each.relative_to(root).as_posix(): each.read_bytes() for each in files}
        )


def _is_its_own(path: Path) -> bool:
    return not any(part.startswith(".") or part in _NOT_ITS_OWN for part in path.parts)


class Unpacked:
    """Where modules that were sent lie in this process: each until others take their place."""

    def __init__(self) -> None:
        self._folders: dict[str, Path] = {}

    def put(self, modules: Iterable[SentModule]) -> list[Path]:
        """The paths of those that are new here; all that is not among these is gone."""
        wanted = {module.digest: module for module in modules}
        for digest in [each for each in self._folders if each not in wanted]:
            shutil.rmtree(self._folders.pop(digest), ignore_errors=True)
        return [self._put(digest, module) for digest, module in wanted.items() if digest not in self._folders]

    def _put(self, digest: str, module: SentModule) -> Path:
        folder = self._folders[digest] = Path(tempfile.mkdtemp(prefix="mimi-sim-modules-"))
        for name, text in module.files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text)
        return folder / module.path
