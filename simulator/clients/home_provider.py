"""What a client asks of its own provider: the local interface in the place of a proprietary protocol."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.long_work import Steps
from simulator.services.asker import AsClient
from simulator.services.commands import FetchKeyPackages, SayConsent
from simulator.services.results import Result
from simulator.services.signing import Sign
from simulator.storage import QueuedMessage

T = TypeVar("T")


class HomeProvider(Protocol):
    """A client's own provider."""

    @property
    def provider(self) -> str:
        """The provider's name."""
        ...

    async def submit(self, outgoing: Outgoing) -> Result:
        """Serve the request, or forward it to the provider that it is for.

        Raises Refusal where that provider refuses, and TransportError or BadAnswer where it can't be asked.
        """
        ...

    async def key_packages(self, command: FetchKeyPackages, client: AsClient, sign: Sign) -> tuple[KeyPackage, ...]:
        """KeyPackages from the target's provider, for `client`, who signs with `sign`. Raises as `submit` does."""
        ...

    def publish(self, client: str, key_packages: Sequence[KeyPackage]) -> None:
        """Put KeyPackages into the stock that others can fetch from. Raises Refusal."""
        ...

    def key_packages_left(self, client: str, kind: str) -> tuple[int, bool]:
        """How many KeyPackages of this kind are left to be handed out once, and whether there is one of last resort.

        Raises Refusal.
        """
        ...

    async def say_consent(self, command: SayConsent, *, key_packages: bool = False) -> None:
        """A user of this provider asks for consent, or answers such a request; with a KeyPackage of each of its clients
        where the draft has a place for them and `key_packages` wants it. Raises as `submit` does.
        """
        ...

    def consent_requests(self, user: str) -> Sequence[SayConsent]:
        """What a user was asked for by a request that its provider got, and has not answered; oldest first."""
        ...

    def drop_consent_request(self, request: SayConsent) -> None:
        """Forget a request without answering it."""
        ...

    def may_have(self, client: str) -> bool:
        """Whether `fetch` could bring a client anything, or fail: quicker to ask than to fetch in vain."""
        ...

    def fetch(self, client: str) -> Sequence[QueuedMessage]:
        """What waits for a client, oldest first. It goes on waiting until acknowledged."""
        ...

    def acknowledge(self, client: str, number: int) -> None:
        """Take everything up to `number` off the client's queue."""
        ...

    async def in_steps(self, steps: Steps[T]) -> T:
        """Do long work of a client, with time for others between its steps. Raises what the work raises."""
        ...

    def left(self, client: str, group: str) -> None:
        """A client is in a group (a URI) no more: what still comes for that need not be kept for it."""
        ...

    @property
    def hub_keys(self) -> tuple[bytes, ...]:
        """The public keys with which it speaks in groups whose hub it is, as the draft orders them."""
        ...
