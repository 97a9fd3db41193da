"""Where runs take place, as `-j` and `--cluster` say."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.sweep.engines import Engine

    EngineMaker: TypeAlias = Callable[[], Engine]


def engine_of(workers: int = 1, cluster: str | None = None) -> "EngineMaker | None":
    """What makes an engine; None where all is run in this process, one after the other. Raises SimulatorError."""
    if cluster is not None:
        if workers > 1:
            raise SimulatorError("-j is for this machine, and --cluster has workers of its own: leave one of them out")
        from simulator.extras import need
        from simulator.sweep.engines import Cluster

        need("cluster")
        Cluster(cluster)  # what is no address is told now
        return partial(Cluster, cluster)
    if workers > 1:
        from simulator.sweep.engines import Processes

        return partial(Processes, workers)
    return None


def is_elsewhere(said: str) -> bool:
    """Whether what was said for an engine has workers on machines of their own, with files of their own."""
    return "://" in said
