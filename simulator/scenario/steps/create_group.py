"""A new group."""

from typing import Any, ClassVar

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

    settings: dict[str, Any] = {}
    """What holds in it, where that is not as usual: by the draft's words."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """Settings, where there are any."""
        return (*self.needs, DraftFeature.roles) if self.settings else self.needs

    def request(self, context: Context) -> operations.CreateGroup:
        """A new group. Preparing it raises Misuse for settings that the draft lacks."""
        return operations.CreateGroup(settings=self.settings)

    async def run(self, context: Context) -> str:
        """The group's URI."""
        return await context.session.client(self.by).perform(self.request(context))
