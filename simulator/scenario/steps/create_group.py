"""A new group."""

from typing import ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef, Kind
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class CreateGroup(Step, frozen=True, tag="create_group"):
    """Create a group at the client's own provider, which is its hub. Names the group."""

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.groups,)
    produces: ClassVar[Kind] = Kind.group
    shorthand: ClassVar[str] = "by"

    by: ClientRef

    async def run(self, context: Context) -> str:
        """The group's URI."""
        return await context.session.client(self.by).perform(operations.CreateGroup())
