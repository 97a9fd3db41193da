"""Back into a group after a loss."""

from typing import ClassVar

from simulator.clients.operations import ExternalJoin
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import GroupStep


class Resync(GroupStep, frozen=True, tag="resync"):
    """Lose the group's state and come back by an external commit that removes the old leaf (RFC 9420 12.4.3.2)."""

    spreads: ClassVar[bool] = True

    async def run(self, context: Context) -> None:
        """`lose_state` and `external_join` in one."""
        client, group = context.session.client(self.by), context.group(self.group)
        client.lose_state(group)
        await client.perform(ExternalJoin(group))
