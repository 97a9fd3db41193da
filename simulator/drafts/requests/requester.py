"""In whose name a provider sends a request that is not about a group of its own."""

from simulator.dataclass import dataclass
from simulator.services.asker import AsClient
from simulator.services.signing import Sign


@dataclass(frozen=True, slots=True)
class Requester:
    """Who stands behind a request for KeyPackages or consent, and may have to sign it: a provider, and its client."""

    provider: str
    sign: Sign | None = None
    """As the provider."""
    client: AsClient | None = None
    """The key that the client shows beside its credential, where it is a client that asks."""
    client_sign: Sign | None = None
    """With that key."""
