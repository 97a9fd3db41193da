"""What a worker process does: it gets ready once, and performs one task after the other."""

import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path

import trio

from simulator.errors import SimulatorWarning
from simulator.garbage import collect_seldom
from simulator.signals import cancel_on_signal
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.tasks import Outcome, Task


def get_ready(drafts: Iterable[str], environment: Mapping[str, str] | None = None) -> None:
    """Know the drafts at these paths, print to standard error, and warn of nothing: who started us has said the same.
    It has this environment, or what it has already.
    """
    collect_seldom()
    from simulator.drafts import registry  # not before that: imports make many objects

    if environment is not None and os.environ != environment:
        os.environ.clear()
        os.environ.update(environment)
    if sys.stdout is not None and sys.stderr is not None:
        os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    warnings.simplefilter("ignore", SimulatorWarning)
    for path in drafts:
        registry.add(Path(path))


def perform_here(task: Task, attempt: int) -> Outcome | None:
    """Run it under a trio of its own; None where it was ended before its end, by SIGTERM or since whoever started this
    process is gone.
    """
    return trio.run(_perform, task, attempt)


async def _perform(task: Task, attempt: int) -> Outcome | None:
    outcome = None
    async with trio.open_nursery() as nursery:
        await nursery.start(cancel_on_signal, nursery.cancel_scope, (signal.SIGTERM,))
        nursery.start_soon(_with_parent, nursery.cancel_scope)
        outcome = await perform(task, attempt)
        nursery.cancel_scope.cancel()
    return outcome


async def _with_parent(scope: trio.CancelScope) -> None:
    """End with whoever started us."""
    parent = multiprocessing.parent_process()
    if parent is None or sys.platform == "win32":
        return
    await trio.lowlevel.wait_readable(parent.sentinel)
    scope.cancel()
