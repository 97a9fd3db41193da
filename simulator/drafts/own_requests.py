"""What a provider notes of what its own clients do, where nobody else will tell it: a part that a draft may have."""

from typing import Protocol

from simulator.drafts.requests.endpoint import Outgoing
from simulator.services.service_context import ServiceContext


class OwnRequests(Protocol):
    """For drafts whose hubs bring messages without naming recipients: the provider has to know who is in which group,
    and who has sent a message itself. Each call is a transaction of its own.
    """

    def asking(self, outgoing: Outgoing, context: ServiceContext) -> None:
        """The client `outgoing.client` is about to ask this of a hub, which may be ourselves; perhaps not for the first
        time.
        """
        ...

    def accepted(self, outgoing: Outgoing, context: ServiceContext) -> None:
        """The hub has accepted what was told to `asking`."""
        ...

    def refused(self, outgoing: Outgoing, context: ServiceContext) -> None:
        """The hub has refused what was told to `asking`."""
        ...

    def left(self, client: str, group: str, context: ServiceContext) -> None:
        """The client says that it is in the group (a URI) no more."""
        ...
