"""A small scenario of random operations, and explorations of it."""

from pathlib import Path

import trio

from simulator.sweep.engines import Engine, InProcess
from simulator.sweep.engines.performing import perform
from simulator.sweep.engines.worker_engine import WorkerEngine
from simulator.sweep.exploring import explore
from simulator.sweep.identity import identity
from simulator.sweep.loading import read
from simulator.sweep.plan import Plan, plan
from simulator.sweep.results import Results
from simulator.sweep.sweeping import sweep
from simulator.sweep.tally import Tally

SCENARIO = """
name: Whatever three users of one provider and one of another do
topology:
  key_packages: 12
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone], bea: [phone], ben: [phone]}}
steps:
  - random_operations: {count: 6, faults: false}
"""
EXPERIMENT = "experiment: What is reached\nscenarios: small.yaml\n"


def planned(folder: Path, more: str) -> Plan:
    """The plan of an experiment with it."""
    (folder / "small.yaml").write_text(SCENARIO)
    return plan(read(EXPERIMENT + more, (folder / "experiment.yaml").as_posix()))


class InBatches(WorkerEngine):
    """One worker, in this process, that takes as many tasks at once as a cluster's does where they are short."""

    def __init__(self) -> None:
        super().__init__(128)

    @property
    def workers(self) -> int:
        return 1

    def start(self, nursery: trio.Nursery) -> None:
        nursery.start_soon(self._work)

    async def _work(self) -> None:
        while True:
            batch = await self.dispatcher.take_batch(64, 1)
            outcomes = [await perform(each.task) for each in batch]
            for assignment, outcome in zip(batch, outcomes, strict=True):
                assignment.run.ended(outcome)


def carried_out(plan: Plan, folder: Path, opened: Engine | None = None) -> Tally:
    """Explored, or run as its product says."""

    async def all_of_it() -> Tally:
        async with opened or InProcess() as engine:
            return await (explore if plan.experiment.explore else sweep)(plan, Results(folder, identity(plan)), engine)

    return trio.run(all_of_it)
