"""Engines: they run tasks (a function and what it is given) somewhere, and hand out what came of each.

    async with Processes(2) as engine:
        async for outcome in engine.run(tasks):      # in the order in which they end
            ...

    tasks        a task, and what came of it
    engine       what every engine does: `Engine`
    in_process   one after the other, in this process
    processes    processes of this machine
    cluster      workers of a Dask cluster, on this machine or many
    performing   one task in the process where it is run: its value or its failure, and what it took

The function of a task is one of a module's own, best an `async` one, which runs under trio in the main thread of its
process wherever that is possible, and is cancelled where its engine is closed before it ends. One that is not `async`
holds up everything else in its process until it returns. Same payload, same value, whichever engine runs it: that is
the function's duty, and no engine adds to it.

A worker that dies: its task is run again by another, and has one outcome all the same. A task two of whose workers died
(or as many as it says itself) is an outcome with a failure that says so. What a function raises is a failure at once:
it would raise again.

Closing an engine ends whatever it still runs, in an orderly way first; outcomes that were handed out are the caller's.
"""

from typing import TYPE_CHECKING, Any

from simulator.sweep.engines.engine import Engine, EngineLost
from simulator.sweep.engines.in_process import InProcess
from simulator.sweep.engines.tasks import Failure, Outcome, Task

if TYPE_CHECKING:
    from simulator.sweep.engines.cluster import Cluster
    from simulator.sweep.engines.processes import Processes

__all__ = ["Cluster", "Engine", "EngineLost", "Failure", "InProcess", "Outcome", "Processes", "Task"]


def __getattr__(name: str) -> Any:
    """The engines with workers, loaded when they are wanted: so are the packages behind them."""
    if name == "Cluster":
        from simulator.sweep.engines.cluster import Cluster

        return Cluster
    if name == "Processes":
        from simulator.sweep.engines.processes import Processes

        return Processes
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
