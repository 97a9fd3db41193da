"""Which requests for a connection wait for an answer."""

from collections.abc import Sequence
from typing import Any, ClassVar

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef, GroupRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.differences import difference
from simulator.scenario.step import Expectation, Unmet


class ConnectionRequests(Expectation, frozen=True, tag="connection_requests"):
    """Exactly these connection groups wait for the client's answer, oldest first; an empty list for none."""

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.connection_groups,)

    at: ClientRef
    groups: tuple[GroupRef, ...]

    def check(self, context: Context, before: Any) -> None:
        """Compare what the client has neither accepted nor ignored."""
        client = context.session.client(self.at)
        waiting = [context.name_of(group) for group in client.connection_requests]
        if client.connection_requests != tuple(context.group(name) for name in self.groups):
            more = difference(self.groups, waiting)
            found = f"what waits is {_listed(waiting)}" + (f" ({more})" if more and self.groups and waiting else "")
            raise Unmet(f"{_listed(self.groups)} to wait at {client.name}", found)


def _listed(groups: Sequence[str]) -> str:
    return ", ".join(groups) or "no connection request"
