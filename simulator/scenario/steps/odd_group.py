"""A group that its provider must not take."""

from typing import Annotated, ClassVar

from simulator.clients.adversary.odd_group import NOTHING, OddGroup, flaws
from simulator.drafts import registry
from simulator.drafts.features import DraftFeature
from simulator.federation import Unsupported
from simulator.scenario.names import ClientRef, GroupRef, Kind, OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


def _known() -> dict[str, str]:
    return {name: meaning for draft in registry.known() for name, meaning in flaws(draft).items()}


Flaw = Annotated[str, OneOf("flaw", _known, keyword="odd_group")]
"""What is wrong with a new group: the flaws of MLS, and those that only one draft or another has."""


class OddGroupStep(Step, frozen=True, kw_only=True, tag="odd_group"):
    """A client asks its own provider to be the hub of a group that may break a rule for new groups. Names the group."""

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.groups,)
    produces: ClassVar[Kind] = Kind.group

    by: ClientRef
    id: str = ""
    """The group's id: any text. With `id: "mimi://m.example/g/trap"` other steps can write it too, for example as the
    `group_id` of a changed request.
    """
    same_id: GroupRef | None = None
    """The group whose id it is to have, instead of `id`."""
    flaw: Flaw = NOTHING
    """What is wrong with it."""

    async def run(self, context: Context) -> str:
        """The group's id. Raises Unsupported for a flaw that no group of this draft can have."""
        draft = context.session.draft
        if self.flaw not in flaws(draft):
            raise Unsupported(f'no group of {draft.name} has the flaw "{self.flaw}"')
        group_id = self.id if self.same_id is None else context.group(self.same_id)
        return await context.session.client(self.by).perform(OddGroup(group_id, self.flaw))
