"""Whether two users are connected."""

from functools import partial
from typing import Any, ClassVar

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.differences import Differences
from simulator.scenario.step import Expectation
from simulator.services.accounts.consent import is_granted


class Connected(Expectation, frozen=True, tag="connected"):
    """Both users' providers know of the connection, so that either may add the other to groups."""

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.consent,)
    shorthand: ClassVar[str] = "users"

    users: tuple[UserRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Ask both providers' stores, for each pair."""
        found = Differences()
        users = [context.session.user(name) for name in self.users]
        for user in users:
            for other in users:
                if user is not other and not user.provider.executor.do(partial(is_granted, other.uri, user.uri)):
                    said = f"{user.provider.name} knows of no connection"
                    found.add(f"{user.name} connected to {other.name}", said)
        found.raise_if_any()
