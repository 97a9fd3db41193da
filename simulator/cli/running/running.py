"""Runs scenarios one after the other, and ends everything in an orderly way when somebody presses Ctrl-C."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol

import trio

from simulator.cli.exits import Exit
from simulator.cli.running.jobs import Job, Ran, run_job
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure
from simulator.scenario import Observer, Result
from simulator.signals import TO_END, cancel_on_signal

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker
    from simulator.federation.processes import Processes as Federated


class Interrupted(Exception):
    """Somebody wanted the run to stop. Providers and clients of the scenarios that ran are gone."""


class RunObserver(Observer, Protocol):
    """An observer who also learns what came of each job, in the order of the jobs."""

    def job_ended(self, ran: Ran) -> None:
        """It is over. Raises SimulatorError and MachineFailure where nothing can go on: nothing more is run then."""
        ...


async def run_all(
    jobs: Iterable[Job],
    observer: RunObserver,
    *,
    engine: "EngineMaker | None" = None,
    processes: int = 1,
    fail_fast: bool = False,
) -> list[Ran]:
    """What came of all jobs, in their order; with `fail_fast` up to the first that failed. They are run side by side by
    an engine, if there is one; or one after the other is run with its providers in several `processes`.

    Raises Interrupted on SIGINT and SIGTERM, EngineLost, and what the observer raises of a job that has ended; a second
    signal ends the process on the spot.
    """
    done: list[Ran] = []
    lost: list[Exception] = []
    complete = False

    def ended(ran: Ran) -> bool:
        done.append(ran)
        try:
            observer.job_ended(ran)
        except (SimulatorError, MachineFailure) as error:
            lost.append(error)
            return False
        return not (fail_fast and is_bad(ran))

    async with trio.open_nursery() as nursery:
        await nursery.start(cancel_on_signal, nursery.cancel_scope, TO_END, Exit.interrupted)
        if engine is not None:
            from simulator.cli.running.side_by_side import run_side_by_side

            try:
                async with engine() as opened:
                    await run_side_by_side(opened, jobs, ended)
            except SimulatorError as error:
                lost.append(error)  # alone, and not in the nursery's group
        elif processes > 1:
            from simulator.federation.processes import running_processes

            async with running_processes(processes) as running:
                await _one_by_one(jobs, observer, ended, running)
        else:
            await _one_by_one(jobs, observer, ended)
        complete = True
        nursery.cancel_scope.cancel()
    for each in lost:
        raise each
    if not complete:
        raise Interrupted(f": {len(done)} scenario{'s' if len(done) != 1 else ''} had ended" if done else "")
    return done


def is_bad(ran: Ran) -> bool:
    """Whether it failed, or the simulator did."""
    return ran.result.result in (Result.failed, Result.fault)


async def _one_by_one(
    jobs: Iterable[Job], observer: Observer, ended: Callable[[Ran], bool], processes: "Federated | None" = None
) -> None:
    for job in jobs:
        if not ended(await run_job(job, observer, processes=processes)):
            return
