"""A client forgets a group."""

from typing import ClassVar

from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import GroupStep


class LoseState(GroupStep, frozen=True, tag="lose_state"):
    """The client loses all it knew about the group; the others don't notice."""

    spreads: ClassVar[bool] = True

    async def run(self, context: Context) -> None:
        """As after a restore from an old backup."""
        context.session.client(self.by).lose_state(context.group(self.group))
