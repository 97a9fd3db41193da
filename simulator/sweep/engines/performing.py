"""One task, in the process where it is run: its value or its failure, and what it took."""

import inspect
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from operator import attrgetter
from pathlib import Path
from typing import Any

from simulator.errors import SimulatorError
from simulator.sweep.engines.tasks import Failure, Outcome, Task

if sys.platform != "win32":
    import resource

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")
_FORGET_PEAK = "5"
"""What proc_pid_clear_refs(5) takes to begin the peak anew."""


async def perform(task: Task, attempt: int = 1) -> Outcome:
    """Run it here and now."""
    _begin_peak()
    began, worked = time.perf_counter(), time.process_time()
    value, failure = None, None
    try:
        value = _function(task)(task.payload)
        if inspect.isawaitable(value):
            value = await value
    except SimulatorError as error:
        failure = Failure(str(error))
    except Exception as error:  # whatever it raises is what came of it
        value, failure = None, Failure(_said(error), "".join(traceback.format_exception(error)).rstrip())
    seconds, cpu_seconds = time.perf_counter() - began, time.process_time() - worked
    return Outcome(task.key, value, failure, attempt, seconds, cpu_seconds, _peak())


def _function(task: Task) -> Callable[[Any], Any]:
    """Raises ImportError and AttributeError."""
    if not isinstance(task.function, str):
        return task.function
    module, _, name = task.function.partition(":")
    found: Callable[[Any], Any] = attrgetter(name)(import_module(module))
    return found


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")


def _begin_peak() -> None:
    with suppress(OSError):  # then it is since the process began
        _CLEAR.write_text(_FORGET_PEAK)


def _peak() -> int:
    try:
        found = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(found.split()[1]) * 1024
    except (OSError, StopIteration):
        return _peak_of_process()


def _peak_of_process() -> int:
    if sys.platform == "win32":
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024
