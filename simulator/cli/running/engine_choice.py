"""Where runs take place, as `-j` and `--cluster` say."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.scenario import Scenario
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


def check_files(scenarios: "Iterable[Scenario]", engine: "EngineMaker | None") -> None:
    """Raises SimulatorError for a scenario that refers to a file where runs take place on machines of their own."""
    if engine is None or engine().has_our_files:
        return
    from simulator.scenario.named_files import named_files

    for scenario in scenarios:
        for path in named_files(scenario):
            raise SimulatorError(
                f"{scenario.id} refers to {path}, which is on this machine: workers of --cluster may be on others, "
                "which have neither such files nor the servers that these are for; run it here, with -j N or --cluster "
                "local:N"
            )
