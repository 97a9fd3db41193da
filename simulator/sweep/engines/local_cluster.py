"""A Dask cluster of this machine alone, in processes of its own: a scheduler, and workers of one thread each.

It is apart from whoever starts it: Ctrl-C in a terminal is not for it, and it ends with the standard input that it was
given, so that nothing is left of it however its parent ends.
"""

import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import trio

from simulator.import_path import import_path
from simulator.sweep.engines.engine import EngineLost

_SETTINGS = {
    "distributed.worker.profile.enabled": False,
    "distributed.scheduler.active-memory-manager.start": False,
    "logging.distributed": "critical",
    "distributed.admin.system-monitor.interval": "10s",
}
"""The engine tells what matters, and nobody looks at what Dask finds out about its workers."""
_GRACE_PERIOD = 5
"""Seconds that it has to end in an orderly way."""


@asynccontextmanager
async def local_cluster(workers: int) -> AsyncIterator[tuple[str, int]]:
    """The address of its scheduler, and the process that this runs in. Raises EngineLost where it does not start."""
    process = await trio.lowlevel.open_process(
        _command(workers), stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
    )
    assert process.stdin is not None  # noqa: S101
    assert process.stdout is not None  # noqa: S101
    try:
        said = b""
        while not said.endswith(b"\n"):
            if not (more := await process.stdout.receive_some()):
                raise EngineLost(f"the cluster of this machine did not start (status {await process.wait()})")
            said += more
        yield said.decode().strip(), process.pid
    finally:
        with trio.CancelScope(shield=True):
            await process.stdin.aclose()
            with trio.move_on_after(_GRACE_PERIOD):
                await process.wait()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
            await process.stdout.aclose()


def _command(workers: int) -> list[str]:
    """A Python like this one, which has our `sys.path` before it imports anything."""
    flags = subprocess._args_from_interpreter_flags()  # type: ignore[attr-defined]  # as multiprocessing does
    run = f"from simulator.sweep.engines.local_cluster import main; main({workers})"
    return [sys.executable, *flags, "-P", "-c", f"import sys; sys.path[:] = {import_path()!r}; {run}"]


def main(workers: int) -> None:
    """Serve until standard input ends; the first line of standard output is the scheduler's address."""
    import asyncio

    asyncio.run(_serve(workers))


async def _serve(workers: int) -> None:
    import asyncio
    import logging

    import dask
    from distributed import LocalCluster

    tell = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what somebody prints in a worker is none of it
    dask.config.set(_SETTINGS)
    logging.disable()
    async with LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",  # it serves HTTP there all the same
        memory_limit=0,
        asynchronous=True,
    ) as cluster:
        with tell:
            print(cluster.scheduler_address, file=tell)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
