"""A group that its provider must not take."""

from typing import Annotated, ClassVar

from simulator.clients.adversary.flaws import NOTHING, flaws, of_all_drafts
from simulator.clients.adversary.odd_group import OddGroup
from simulator.drafts.features import DraftFeature
from simulator.federation import Unsupported
from simulator.scenario.names import GroupRef, Kind, OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct
from simulator.scenario.steps.group_step import RequestStep

Flaw = Annotated[str, OneOf("flaw", of_all_drafts, keyword="odd_group")]
"""What is wrong with a group or with what is said of it: flaws of MLS, and those that only one draft or another has."""


class OddGroupStep(RequestStep, frozen=True, kw_only=True, tag="odd_group"):
    """A client asks its own provider to be the hub of a group that may break a rule for new groups. Names the group."""

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.groups,)
    produces: ClassVar[Kind] = Kind.group

    id: str = ""
    """The group's id: any text. With `id: "mimi://m.example/g/trap"` other steps can write it too, for example as the
    `group_id` of a changed request.
    """
    same_id: GroupRef | None = None
    """The group whose id it is to have, instead of `id`."""
    flaw: Flaw = NOTHING
    """What is wrong with it."""

    def request(self, context: Context) -> OddGroup:
        """The group. Raises Unsupported for a flaw that no group of this draft can have."""
        draft = context.session.draft
        if self.flaw not in flaws(draft):
            raise Unsupported(f'no group of {draft.name} has the flaw "{self.flaw}"')
        return OddGroup(self.id if self.same_id is None else context.group(self.same_id), self.flaw)

    async def run(self, context: Context) -> str:
        """The group's id. Raises as `request` does."""
        return await context.session.client(self.by).perform(self.request(context))
