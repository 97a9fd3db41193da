"""Runs many scenarios for a table, under a bar, here or side by side."""

from collections.abc import Awaitable, Callable, Collection
from typing import TYPE_CHECKING, TypeVar

import trio
import typer

from simulator.cli.exits import Exit
from simulator.cli.output.console import TextConsole, complain
from simulator.cli.running.engine_choice import check_files
from simulator.cli.running.machine_checks import check_temporary_folder
from simulator.cli.running.progress_bar import Bar
from simulator.cli.running.running import Interrupted
from simulator.errors import SimulatorError
from simulator.scenario import Scenario

if TYPE_CHECKING:
    from simulator.cli.running.engine_choice import EngineMaker

T = TypeVar("T")


def check_runs(scenarios: Collection[Scenario], engine: "EngineMaker | None") -> None:
    """Raises SimulatorError for a scenario that can't run here, not beside itself, or not where the engine runs it."""
    check_files(scenarios, engine)
    for scenario in scenarios if engine is not None else ():
        for name, provider in scenario.topology.providers.items():
            if provider.port is not None and provider.external is None:
                raise SimulatorError(f"-j: {name} serves at port {provider.port} in {scenario.id}: leave -j out")
    check_temporary_folder(scenarios)


def under_a_bar(run: Callable[[Bar], Awaitable[T]]) -> T:
    """What comes of the runs. Raises Exit where somebody interrupts them, and what they raise."""
    try:
        with Bar(TextConsole(stderr=True)) as bar:
            return trio.run(run, bar)
    except Interrupted:
        complain(f"interrupted: {bar.runs} run{'s' if bar.runs != 1 else ''} had ended")
        raise typer.Exit(Exit.interrupted) from None
