"""What a client knows of a group."""

from typing import Any, ClassVar

from simulator.clients.members import clients
from simulator.errors import hint
from simulator.federation.control.action import Action, Answer, ClientName, GroupURI
from simulator.federation.control.group_action import GROUP
from simulator.federation.control.operator import NotFound, Operator
from simulator.services.names import group_provider


class Known(Answer, frozen=True, kw_only=True):
    """A group in its present epoch, as the client sees it."""

    group: str
    hub: str
    """The provider that orders it."""
    epoch: int
    suite: int
    """Its cipher suite (RFC 9420 17.1)."""
    members: dict[int, str]
    """Client URIs by leaf index."""


class Group(Action, frozen=True, kw_only=True):
    """Tell a group's members and epoch, as one of its members knows them."""

    name: ClassVar[str] = "group"
    example: ClassVar[dict[str, Any]] = {"client": "bob", "group": GROUP}

    client: ClientName
    group: GroupURI

    async def run(self, operator: Operator) -> Known:
        """After reading the queue. Raises NotFound for a group that the client is not in."""
        async with operator.acting(self.client) as client:
            groups = client.groups
            if self.group not in groups:
                message = f"{client.name} is not in the group {self.group}{hint(self.group, groups)}"
                raise NotFound(message, self.group, groups)
            group = groups[self.group]
        return Known(
            group=self.group,
            hub=group_provider(group.group_id),
            epoch=group.epoch,
            suite=group.public.suite.value,
            members=clients(group),
        )
