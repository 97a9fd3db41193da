"""Where modules are imported from: never from the working folder, which may be full of what somebody sent.

Python puts it in front of `sys.path` for `python -m` and `python -c`: a `signal.py` beside scenarios would be our
`signal`. This module imports nothing that has not been imported when Python starts.
"""

import os
import sys


def import_path() -> list[str]:
    """`sys.path` without the working folder, unless that is where the simulator itself is."""
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    return [entry for entry in sys.path if _same(entry, home) or not _is_working_folder(entry)]


def leave_out_working_folder() -> None:
    """Import nothing from it from now on."""
    sys.path[:] = import_path()


def _is_working_folder(entry: str) -> bool:
    if entry == "":
        return True
    try:
        return os.path.samefile(entry, os.curdir)
    except OSError:  # there is no such folder, or no working folder any more
        return False


def _same(entry: str, folder: str) -> bool:
    try:
        return os.path.samefile(entry or os.curdir, folder)
    except OSError:
        return False
