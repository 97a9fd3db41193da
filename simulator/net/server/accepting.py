"""Taking connections in, also while the machine has no room for another one."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

import trio

from simulator.machine import MachineFailure, machine_failure

S = TypeVar("S", bound=trio.abc.AsyncResource)

PAUSE = 0.1
"""Seconds until the next try, when the machine could not take a connection in."""


async def accept_all(
    listener: trio.abc.Listener[S],
    serve: Callable[[S], Awaitable[None]],
    nursery: trio.Nursery,
    report: Callable[[MachineFailure], None],
) -> None:
    """Accept connections until cancelled, and let `nursery` run `serve` for each; its stream is closed after that.

    Where the machine lacks something (descriptors, memory), `report` hears of it once, and whoever wants to come in
    waits. trio's own `serve_listeners` writes a traceback for each try.
    """
    lacking = False
    async with listener:
        while True:
            try:
                stream = await listener.accept()
            except OSError as error:
                failure = machine_failure(error, "can't take a connection in")
                if failure is None:
                    raise
                if not lacking:
                    report(failure)
                lacking = True
                await trio.sleep(PAUSE)
            else:
                lacking = False
                nursery.start_soon(_serve, stream, serve)


async def _serve(stream: S, serve: Callable[[S], Awaitable[None]]) -> None:
    try:
        await serve(stream)
    finally:
        await trio.aclose_forcefully(stream)
