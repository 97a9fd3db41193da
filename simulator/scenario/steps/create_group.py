"""A new group."""

from typing import Any, ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.federation import Unsupported
from simulator.scenario.names import Kind
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import RequestStep
from simulator.services.names import parse_client


class CreateGroup(RequestStep, frozen=True, tag="create_group"):
    """Create a group at the client's own provider, which is its hub. Names the group.

    For a client of an external provider that is one that is said to be there, with the same settings.
    """

    spreads: ClassVar[bool] = True
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
        """The group's URI. Raises Unsupported where an external provider's users have not created such a one."""
        user = context.session.user(parse_client(context.session.client_uri(self.by)).user)
        there = user.group_there(self.settings)
        if there is not None:
            return there
        try:
            creator = context.session.client(self.by)
        except Unsupported as why:
            raise Unsupported(f"{why}, and nobody has said of a group there with these settings (groups)") from None
        return await creator.perform(self.request(context))
