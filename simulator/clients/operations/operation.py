"""An operation of a client: prepared at the epoch the client is at, then handed to its provider."""

from typing import Protocol

from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Event
from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.framing.received import CommitBundle
from simulator.mls.group import Group
from simulator.services.commands import GroupUpdate


@dataclass(frozen=True, slots=True)
class Prepared:
    """A request that is ready to be sent, about the group with the URI `group`.

    Once the provider has said ok, the client goes on with `next` and notes the `event`, if there are any.
    """

    group: str
    outgoing: Outgoing
    next: Group | None = None
    event: Event | None = None


class Operation(Protocol):
    """Something a client can do, as a value."""

    @property
    def group(self) -> str | None:
        """The URI of the group it is done in; None if there is none yet."""
        ...

    async def prepare(self, state: ClientState) -> Prepared:
        """Build and sign the request; nothing of the client's state changes, except KeyPackages may be fetched for it.

        Raises NotAMember, and what fetching KeyPackages or building the MLS message raises.
        """
        ...


def group_update(bundle: CommitBundle) -> GroupUpdate:
    """A commit with what the hub needs to rebuild the GroupInfo that goes with it."""
    return GroupUpdate(bundle.message, bundle.group_info.extensions, bundle.group_info.signature)
