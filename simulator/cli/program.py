"""How this program is called from where it was called: what it tells people to type must work as it stands."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

NAME = "mimi-sim"


def command(*words: str, called: Sequence[str] | None = None) -> str:
    """A command line with these words, ready to be pasted; `called` is this process's own, `sys.argv`."""
    return f"{_program(Path((called or sys.argv)[0]))} {shlex.join(words)}"


def _program(called: Path) -> str:
    """Its name is enough where a shell finds it by that, or where something else runs us, such as Python or pytest."""
    found = shutil.which(NAME)
    if called.name != NAME or not called.exists() or (found and Path(found).samefile(called)):
        return NAME
    return shlex.quote(str(called))
