"""The process that workers are forked from, where the system has that: it imports once what all of them need, and may
do so while whoever wants the workers still finds out for what.

It has no thread but its first and never runs trio, so that nothing is lost in a fork. A worker inherits its environment
and its open files: `worker_process.get_ready` sets right what has changed since. On macOS, whose libraries may not be
forked, and on Windows each worker is spawned.
"""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker

IS_THERE = sys.platform != "darwin" and "forkserver" in multiprocessing.get_all_start_methods()

SAFE_PATH = "PYTHONSAFEPATH"
"""The variable that keeps Python from importing what lies in the working folder, before it has our `sys.path`."""

_PRELOADED = "simulator.sweep.engines.preloaded"


def start_ahead() -> None:
    """Start it, unless it runs already, without waiting for what it imports. It is deaf to Ctrl-C, as its workers are:
    that is for us. It ends with this process at the latest.
    """
    if not IS_THERE:
        return
    forkserver.set_forkserver_preload([_PRELOADED])
    with safe_path():
        resource_tracker.ensure_running()  # where it has to be started, it lets SIGINT through again
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            forkserver.ensure_running()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def stop() -> None:
    """Let it end, and wait for that, when its workers have ended: then what they took counts as this process's. For a
    process that has no other use of `multiprocessing`.
    """
    end = getattr(getattr(forkserver, "_forkserver", None), "_stop", None)
    if end is not None:
        end()


@contextmanager
def safe_path() -> Iterator[None]:
    """Have it set inside, for processes that are started there."""
    if SAFE_PATH in os.environ:
        yield
        return
    os.environ[SAFE_PATH] = "1"
    try:
        yield
    finally:
        os.environ.pop(SAFE_PATH, None)
