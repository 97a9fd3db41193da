"""External providers before a run: a server that is not up yet is a slip, and no verdict on it."""

from collections.abc import Iterable

import trio

from simulator.errors import SimulatorError
from simulator.net import Address, why_unreachable
from simulator.scenario import Scenario


def check_listening(scenarios: Iterable[Scenario]) -> None:
    """Whether somebody listens where the external providers of these scenarios are; each is asked once. Raises
    SimulatorError with all where nobody does.
    """
    where = {
        (name, Address(provider.external.address, provider.external.port)): None
        for scenario in scenarios
        for name, provider in scenario.topology.providers.items()
        if provider.external is not None
    }
    reasons = trio.run(_ask_all, tuple(where)) if where else ()
    if reasons:
        raise SimulatorError("; ".join(reasons))


async def _ask_all(where: tuple[tuple[str, Address], ...]) -> tuple[str, ...]:
    reasons: dict[int, str | None] = {}

    async def ask(number: int, name: str, address: Address) -> None:
        reasons[number] = await why_unreachable(name, address)

    async with trio.open_nursery() as nursery:
        for number, (name, address) in enumerate(where):
            nursery.start_soon(ask, number, name, address)
    return tuple(reason for _, reason in sorted(reasons.items()) if reason is not None)
