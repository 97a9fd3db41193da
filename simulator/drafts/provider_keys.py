"""How a draft's providers tell each other with which keys they sign: a part that a draft may have, or not."""

from collections.abc import Callable

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Endpoint, Outgoing, Reply
from simulator.services.results import ProviderKey


@dataclass(frozen=True, slots=True)
class ProviderKeys:
    """Without it no provider has a key: none signs a request, and none is in a group's `external_senders`.

    `endpoint.read` makes a `ProviderKey` of an answer.
    """

    name: str
    """What the draft calls such a key, in sentences."""
    endpoint: Endpoint
    """Where a provider tells its own."""
    write: Callable[[str, str], Outgoing]
    """The question of a sender for the key of a recipient."""
    answer: Callable[[ProviderKey, int | None], Reply]
    """What a provider with this key answers. The number is the TLS SignatureScheme (RFC 8446 4.2.3) that it claims;
    None for that of the key."""
