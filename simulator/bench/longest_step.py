"""The longest step that any task of the event loop takes: so long nobody else is served."""

import gc
import time
from collections.abc import Iterator
from contextlib import contextmanager

import trio


class Steps(trio.abc.Instrument):
    """The longest step of any task, in seconds."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._began: float | None = None

    def before_task_step(self, task: trio.lowlevel.Task) -> None:
        self._began = time.thread_time()

    def after_task_step(self, task: trio.lowlevel.Task) -> None:
        if self._began is not None:  # not the step in which this was begun
            self.longest = max(self.longest, time.thread_time() - self._began)


@contextmanager
def longest_step() -> Iterator[Steps]:
    """Of all tasks, inside of the block. What is there is kept from the garbage collector, whose walks over all of it
    would be the longest steps of all, also without a flood.
    """
    gc.collect()
    gc.freeze()
    steps = Steps()
    trio.lowlevel.add_instrument(steps)
    try:
        yield steps
    finally:
        trio.lowlevel.remove_instrument(steps)
        gc.unfreeze()
