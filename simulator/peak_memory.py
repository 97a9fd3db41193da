"""The most memory that this process has had at once, in octets."""

import sys
from contextlib import suppress
from pathlib import Path

if sys.platform != "win32":
    import resource

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"
"""What proc_pid_clear_refs(5) takes to begin the peak anew."""


def begin_peak() -> None:
    """Forget what it was so far, where the system can: on Linux."""
    with suppress(OSError):
        _CLEAR.write_text(_FORGET_PEAK)


def peak() -> int:
    """Octets in memory at most, since `begin_peak` or since the process began; 0 where the system does not tell.

    Linux is asked for this process alone: what `getrusage` says counts what its parent had when it was forked.
    """
    try:
        found = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024
    except (OSError, StopIteration):
        return _since_it_began()


def _since_it_began() -> int:
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
