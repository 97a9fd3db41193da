"""How users agree to be added to groups by each other: what a draft makes of it."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Outgoing
from simulator.drafts.requests.requester import Requester
from simulator.mls.joining.key_package import KeyPackage
from simulator.services.commands import SayConsent
from simulator.services.refusal import Code
from simulator.storage import ConsentWord


class ConnectingClient(Protocol):
    """A client whose user wants to be connected with another one. Everything raises Refusal, BadAnswer or
    TransportError where somebody can't be asked, or refuses.
    """

    @property
    def user(self) -> str:
        """The URI of its user."""
        ...

    async def say_consent(self, command: SayConsent) -> None:
        """Let the client's user ask for consent, or give it."""
        ...

    async def fetch_key_packages(self, user: str, kind: str) -> tuple[KeyPackage, ...]:
        """One KeyPackage of each client of another user, for a group that does not exist yet."""
        ...

    async def create_group(self, kind: str) -> str:
        """A new group with the client alone in it; its URI."""
        ...

    async def invite(self, group: str, user: str, key_packages: tuple[KeyPackage, ...]) -> None:
        """Add another user's clients to a group; from when that is asked for, its user is let in by ours, too."""
        ...


async def by_request(client: ConnectingClient, user: str) -> None:
    """Ask `user` for consent, and give ours without being asked; neither takes a group."""
    await client.say_consent(SayConsent(client.user, user, ConsentWord.requested))
    await client.say_consent(SayConsent(user, client.user, ConsentWord.granted))


@dataclass(frozen=True, slots=True)
class Consent:
    """A draft's way to consent.

    A user who is asked hears of it by an invitation that asks for consent (see `ReceivedMessage`), or by what its own
    provider has noted. Either way its answer is noted there.
    """

    connect: Callable[[ConnectingClient, str], Awaitable[str | None]] = by_request
    """What a client does to be connected with a user; the URI of the group that it makes for this, if it makes one."""
    write: Callable[[SayConsent, Requester], Outgoing] | None = None
    """The request that tells the other user's provider what was said; None where nobody is told by one."""
    missing: Code = Code.not_authorized
    """How KeyPackages are refused to whom the target has not let in."""
    with_key_packages: bool = False
    """Whether that has a place for KeyPackages, where it tells of consent."""
