"""A group that its provider must not take."""

from typing import ClassVar

from simulator.clients.adversary.odd_group import Flaw, OddGroup
from simulator.scenario.names import ClientRef, GroupRef, Kind
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class OddGroupStep(Step, frozen=True, kw_only=True, tag="odd_group"):
    """A client asks its own provider to own a group that may break one rule of [DS] Create group. Names the group."""

    produces: ClassVar[Kind] = Kind.group

    by: ClientRef
    id: str = ""
    """The group's id: any text. With `id: "mimi://m.example/g/trap"` other steps can write it too, for example as the
    `group_id` of a changed request.
    """
    same_id: GroupRef | None = None
    """The group whose id it is to have, instead of `id`."""
    flaw: Flaw = Flaw.nothing
    """What is wrong with it."""

    async def run(self, context: Context) -> str:
        """The group's id."""
        group_id = self.id if self.same_id is None else context.group(self.same_id)
        return await context.session.client(self.by).perform(OddGroup(group_id, self.flaw))
