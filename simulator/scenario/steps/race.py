"""Several clients act in the same epoch."""

from contextlib import ExitStack
from functools import partial
from typing import ClassVar

from simulator.clients import Client
from simulator.clients.operations import Prepared
from simulator.errors import SimulatorError
from simulator.scenario.entry import Entry
from simulator.scenario.loading.problems import Misplaced
from simulator.scenario.running.context import Context, Skipped
from simulator.scenario.step import Step
from simulator.scenario.steps.group_step import OperationStep


class Race(Step, frozen=True, tag="race"):
    """All operations are built and signed in the present epoch; then they are sent in the order listed, and nobody
    learns of another's in between. Each says for itself how it ends.
    """

    shorthand: ClassVar[str] = "operations"
    clients_suffice: ClassVar[bool] = True

    operations: tuple[Entry, ...]

    def __post_init__(self) -> None:
        for entry in self.operations:
            if not isinstance(entry.step, OperationStep):
                raise Misplaced(entry.place, f'"{entry.keyword}" is no single request to a group and can\'t race')
            if entry.expect.expectations:
                raise Misplaced(entry.place, "an operation in a race can only expect how it ends")
        if len(self.operations) < 2:
            raise SimulatorError("two operations or more can race")

    async def run(self, context: Context) -> None:
        """Build all, then send all. Raises Unmet where an operation ends otherwise than it should."""
        for entry in self.operations:
            if entry.skip is not None:
                context.leave_out_part(entry.name, entry.line, Skipped(entry.skip))
        taking_part = [entry for entry in self.operations if entry.skip is None]
        with ExitStack() as stack:
            for entry in taking_part:
                stack.enter_context(_client(entry.step, context).occupied())
            built = [(entry, *await _build(entry.step, context)) for entry in taking_part]
            for entry, client, prepared in built:
                await entry.expect.outcome.check(partial(client.submit, prepared), context)


def _client(step: Step, context: Context) -> Client:
    assert isinstance(step, OperationStep)  # noqa: S101 (the loader has seen to it)
    return context.session.client(step.by)


async def _build(step: Step, context: Context) -> tuple[Client, Prepared]:
    assert isinstance(step, OperationStep)  # noqa: S101 (the loader has seen to it)
    client = _client(step, context)
    return client, await client.prepare(step.operation(context))
