"""A new group."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.federation.control.action import Action, Answer, ClientName
from simulator.federation.control.operator import Operator


class Created(Answer, frozen=True, kw_only=True):
    """The group's URI, for `group` in other actions."""

    group: str


class Create(Action, frozen=True, kw_only=True):
    """Create a group at the client's own provider."""

    name: ClassVar[str] = "create"
    example: ClassVar[dict[str, Any]] = {"by": "alice"}

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.groups,)

    by: ClientName
    settings: Annotated[dict[str, Any], msgspec.Meta(description="what holds in it, in the draft's words")] = {}

    def needed(self) -> tuple[DraftFeature, ...]:
        """Settings, where there are any."""
        return (*self.needs, DraftFeature.roles) if self.settings else self.needs

    async def run(self, operator: Operator) -> Created:
        """The client is its only member."""
        return Created(group=await operator.perform(self.by, operations.CreateGroup(settings=self.settings)))
