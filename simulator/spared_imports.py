"""What packages would import and do without: httpx's own command line, for which it imports rich, pygments and click.

Importing httpx took 0.17 s of CPU in place of 0.22 s with it (together with trio and hypercorn), in each process. This
module imports nothing that has not been imported when Python starts.
"""

import sys

_SPARED = "httpx._main"


def leave_out_command_lines() -> None:
    """For a process that is ours alone, before httpx is imported: `httpx.main` only says in it that click is missing,
    as where httpx was installed without its command line.
    """
    sys.modules.setdefault(_SPARED, None)  # type: ignore[arg-type] # the import system's own way to say: not here
