"""A user says by what others may find it."""

from typing import ClassVar

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Searchable(Step, frozen=True, tag="searchable"):
    """From now on `user` is found by identifiers of these `kinds`, and by no other; by none if the list is empty. Who
    says nothing is found by all.
    """

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.search,)

    user: UserRef
    kinds: tuple[str, ...]
    """By the draft's names."""

    async def run(self, context: Context) -> None:
        """By its provider's local interface. Raises Misuse for a kind that the draft does not have."""
        user = context.session.user(self.user)
        user.provider.client_api.set_searchable(user.uri, self.kinds)
