"""Processes of this machine: their values, their deaths, their end."""

import os
import signal
from pathlib import Path
from threading import Lock

import trio

from simulator.sweep.engines import Outcome, Processes, Task
from tests.sweep.engines import functions


async def test_values_failures_and_deaths(tmp_path: Path) -> None:
    """One worker, so that each death is followed by another worker's start."""
    tasks = [
        Task("value", functions.double, 1),
        Task("trio", functions.slow_double, 1),
        Task("sentence", functions.refuse, "no"),
        Task("there", functions.double, Lock()),
        Task("back", functions.unpicklable),
        Task("once", functions.die_once, str(tmp_path / "marker")),
        Task("always", functions.die, 9, attempts=1),
        Task("last", functions.process_id),
    ]
    with trio.fail_after(60):
        async with Processes(1) as engine:
            found = {each.key: each async for each in engine.run(tasks)}
            again = [each.value async for each in engine.run([Task("who", functions.process_id)])]
    assert (engine.workers, set(found)) == (1, {task.key for task in tasks})
    assert (found["value"].value, found["trio"].value) == (2, 2)
    assert _said(found["sentence"]) == "no"
    assert all("can't be sent" in _said(found[each]) for each in ("there", "back"))
    assert (found["once"].value, found["once"].attempts) == ("alive", 2)
    assert _said(found["always"]) == "the process that ran it ended with status 9"
    assert again == [found["last"].value]
    assert again != [os.getpid()]


async def test_who_does_not_wait_leaves_no_process_behind(tmp_path: Path) -> None:
    """Its task is cancelled in an orderly way."""
    with trio.fail_after(60):
        async with Processes(1) as engine:
            run = engine.run([Task("long", functions.wait_and_tell, str(tmp_path))])
            async with trio.open_nursery() as nursery:
                nursery.start_soon(anext, run)
                pid = await _begun(tmp_path)
                nursery.cancel_scope.cancel()
    assert (tmp_path / f"ended-{pid}").exists()
    assert not Path(f"/proc/{pid}").exists()


async def test_a_worker_that_somebody_ends_is_one_that_died(tmp_path: Path) -> None:
    with trio.fail_after(60):
        async with Processes(1) as engine:
            run = engine.run([Task("long", functions.wait_and_tell, str(tmp_path), attempts=1)])
            found: list[Outcome] = []

            async def wait() -> None:
                found.append(await anext(run))

            async with trio.open_nursery() as nursery:
                nursery.start_soon(wait)
                os.kill(await _begun(tmp_path), signal.SIGTERM)
    assert _said(found[0]) == "the process that ran it was killed by signal 15"


async def _begun(folder: Path) -> int:
    """The process in which `wait_and_tell` has begun."""
    while not (began := list(folder.glob("began-*"))):
        await trio.sleep(0.01)
    return int(began[0].name.removeprefix("began-"))


def _said(outcome: Outcome) -> str:
    assert outcome.failure is not None
    return outcome.failure.message
