"""Signals that end a process in an orderly way."""

import os
import signal
from collections.abc import Collection

import trio

TO_END = (signal.SIGINT, signal.SIGTERM)
"""What people and supervisors send."""


async def cancel_on_signal(
    scope: trio.CancelScope,
    signals: Collection[signal.Signals] = TO_END,
    exit_code: int | None = None,
    *,
    task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED,
) -> None:
    """Cancel `scope` on the first of these signals, and be over. With `exit_code` the next of them ends the process on
    the spot.
    """
    with trio.open_signal_receiver(*signals) as received:
        task_status.started()
        await anext(received)
    if exit_code is not None:  # only now: leaving the block has put back what was there before it
        for number in signals:
            signal.signal(number, lambda *_: os._exit(exit_code))
    scope.cancel()
