"""Runs scenarios one after the other, and ends everything in an orderly way when somebody presses Ctrl-C."""

import os
import signal
from collections.abc import Sequence

import trio

from simulator.cli.exits import Exit
from simulator.scenario import Observer, Scenario, ScenarioResult, run_scenario


class Interrupted(Exception):
    """Somebody wanted the run to stop. Providers and clients of the scenario that ran are gone."""


async def run_all(scenarios: Sequence[Scenario], seed: int | None, observer: Observer) -> tuple[ScenarioResult, ...]:
    """All results, in order. Raises Interrupted on SIGINT and SIGTERM; a second signal ends the process on the spot."""
    results: list[ScenarioResult] = []
    async with trio.open_nursery() as nursery:
        await nursery.start(_stop_on_signal, nursery.cancel_scope)
        for scenario in scenarios:
            results.append(await run_scenario(scenario, seed, observer))
        nursery.cancel_scope.cancel()
    if len(results) < len(scenarios):
        raise Interrupted
    return tuple(results)


async def _stop_on_signal(
    scope: trio.CancelScope, task_status: trio.TaskStatus[None] = trio.TASK_STATUS_IGNORED
) -> None:
    def at_once(*_: object) -> None:
        os._exit(Exit.interrupted)

    with trio.open_signal_receiver(signal.SIGINT, signal.SIGTERM) as signals:
        task_status.started()
        async for number in signals:
            signal.signal(number, at_once)
            scope.cancel()
            return
