"""A new group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.scenario.names import Kind
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import RequestStep


class CreateGroup(RequestStep, frozen=True, tag="create_group"):
    """Create a group at the client's own provider, which is its hub. Names the group."""

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.groups,)
    produces: ClassVar[Kind] = Kind.group
    shorthand: ClassVar[str] = "by"

    def request(self, context: Context) -> operations.CreateGroup:
        """A group like any other."""
        return operations.CreateGroup()

    async def run(self, context: Context) -> str:
        """The group's URI."""
        return await context.session.client(self.by).perform(self.request(context))
