"""A new group."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.federation.control.action import Action, Answer, ClientName
from simulator.federation.control.operator import Operator
from simulator.federation.external_provider import Unsupported


class Created(Answer, frozen=True, kw_only=True):
    """The group's URI, for `group` in other actions."""

    group: str


class Create(Action, frozen=True, kw_only=True):
    """Create a group at the client's own provider."""

    name: ClassVar[str] = "create"
    example: ClassVar[dict[str, Any]] = {"by": "alice"}

    by: ClientName
    settings: Annotated[dict[str, Any], msgspec.Meta(description="what holds in it, in the draft's words")] = {}

    async def run(self, operator: Operator) -> Created:
        """The client is its only member. Raises Unsupported for settings where the draft has none."""
        why = operator.session.draft.lacking((DraftFeature.roles,)) if self.settings else None
        if why is not None:
            raise Unsupported(why)
        return Created(group=await operator.perform(self.by, operations.CreateGroup(settings=self.settings)))
