"""How this program is called from where it was called: what it tells people to type must work as it stands."""

import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

NAME = "mimi-sim"


def command(*words: str, called: Sequence[str] | None = None) -> str:
    """A command line with these words, ready to be pasted; `called` is this process's own, `sys.argv`."""
    return f"{_program(Path((called or sys.argv)[0]))} {' '.join(map(_quoted, words))}"


def _quoted(word: str) -> str:
    """As a shell reads it; what can't be shown is written `$'\\033'`, which bash, zsh, ksh and POSIX 2024 know."""
    if word.isprintable():
        return shlex.quote(word)
    return f"$'{''.join(map(_escaped, word))}'"


def _escaped(character: str) -> str:
    if character in "\\'":
        return f"\\{character}"
    if character.isprintable():
        return character
    of_a_byte = "\udc80" <= character <= "\udcff"  # of a file name that is no text
    octets = character.encode("utf-8", "surrogateescape" if of_a_byte else "surrogatepass")
    return "".join(f"\\{byte:03o}" for byte in octets)


def _program(called: Path) -> str:
    """Its name is enough where a shell finds it by that, or where something else runs us, such as Python or pytest."""
    found = shutil.which(NAME)
    if called.name != NAME or not called.exists() or (found and Path(found).samefile(called)):
        return NAME
    return _quoted(str(called))
