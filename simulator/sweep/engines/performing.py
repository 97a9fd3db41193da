"""One task, in the process where it is run: its value or its failure, and what it took."""

import inspect
import time
import traceback
from collections.abc import Callable
from importlib import import_module
from operator import attrgetter
from typing import Any

from simulator.errors import SimulatorError
from simulator.peak_memory import begin_peak, peak
from simulator.sweep.engines.tasks import Failure, Outcome, Task


async def perform(task: Task, attempt: int = 1) -> Outcome:
    """Run it here and now."""
    begin_peak()
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
    return Outcome(task.key, value, failure, attempt, seconds, cpu_seconds, peak())


def _function(task: Task) -> Callable[[Any], Any]:
    """Raises ImportError and AttributeError."""
    if not isinstance(task.function, str):
        return task.function
    module, _, name = task.function.partition(":")
    found: Callable[[Any], Any] = attrgetter(name)(import_module(module))
    return found


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".removesuffix(": ")
