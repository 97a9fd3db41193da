"""What the process says to whoever started it."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes."""

    passed = 0
    failed = 1
    """A scenario failed."""
    usage = 2
    """Bad usage or a bad scenario file; nothing was run."""
    fault = 3
    """The simulator's own fault."""
    interrupted = 130
