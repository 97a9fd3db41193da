"""One writer at a time: a lock on a folder that a process holds, and that ends with it, however it ends."""

import os
import sys
from pathlib import Path

from simulator.errors import SimulatorError

if sys.platform != "win32":
    import fcntl

LOCK = ".lock"


class FolderLock:
    """Held from its making to its release. Where the system has no such locks (Windows) nobody is kept out."""

    def __init__(self, folder: Path) -> None:
        """Raises SimulatorError where another process holds it, and OSError."""
        self._descriptor: int | None = None
        if sys.platform == "win32":
            return
        descriptor = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise SimulatorError(f"{folder}: another process is writing to this folder") from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let others write."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def is_held(folder: Path) -> bool:
    """Whether a process writes to the folder just now; False where nobody can tell."""
    if sys.platform == "win32" or not (folder / LOCK).exists():
        return False
    try:
        FolderLock(folder).release()
    except SimulatorError:
        return True
    except OSError:
        return False
    return False
