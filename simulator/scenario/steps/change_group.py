"""Other roles and settings in a group."""

from typing import Any, ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class ChangeGroup(OperationStep, frozen=True, kw_only=True, tag="change_group"):
    """A member gives others roles, or changes what holds in the group. Whether it may, the hub has to tell.

    `change_group: {by: alice, group: club, roles: {bob: group_admin}, settings: {name: Pub}}`
    """

    spreads: ClassVar[bool] = True
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.roles,)

    roles: dict[UserRef, str] = {}
    """The new role of each, as the draft calls it."""
    settings: dict[str, Any] = {}
    """As the draft calls them."""

    def operation(self, context: Context) -> operations.ChangeGroup:
        """A commit of it all. Preparing it raises Misuse for words that the draft lacks."""
        roles = {context.user_uri(name): role for name, role in self.roles.items()}
        return operations.ChangeGroup(context.group(self.group), roles, self.settings)
