"""Who takes part in a group, in which role."""

from typing import Any, ClassVar

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import GroupRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.running.differences import Differences, difference
from simulator.scenario.step import Expectation


class Roles(Expectation, frozen=True, tag="roles"):
    """Exactly these users take part, in these roles, as the draft calls them; each member that is online says so."""

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.roles,)

    group: GroupRef
    of: dict[UserRef, str]

    def check(self, context: Context, before: Any) -> None:
        """Compare what each member has in its group."""
        group, mls = context.group(self.group), context.session.draft.mls
        expected = sorted(f"{context.user_uri(name)} {role}" for name, role in self.of.items())
        found = Differences()
        for client in context.session.clients:
            if client.online and group in client.groups:
                roles = mls.roles_of(client.groups[group].public)
                seen = sorted(f"{user} {role}" for user, role in roles.items())
                if seen != expected:
                    found.add(f"the roles {', '.join(expected)}", f"{client.name}: {difference(expected, seen)}")
        found.raise_if_any()
