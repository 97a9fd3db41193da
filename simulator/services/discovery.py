"""Where other providers serve: what they have published is kept as long as it says, as the draft encodes it."""

from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.results import DiscoveryDocument
from simulator.services.service_context import ServiceContext
from simulator.storage import KeptDocument

ENDED = Practice("DISCOVERY-ENDED", Kind.expired, "A provider is discovered again when its answer has ended.")
MISDIRECTED = Practice(
    "DISCOVERY-MISDIRECTED", Kind.dropped, "A provider is discovered again when a host says that it is not that one's."
)


def known(provider: str, context: ServiceContext) -> bytes | None:
    """The content of another provider's document, if its answer to discovery is still fresh."""
    kept = context.store.discovered.get(provider)
    if kept is None:
        return None
    if kept.expires <= context.elapsed:
        context.decided(Decision(ENDED, "what was answered is too old", "discovery", peer=provider))
        return None
    return kept.content


def learn(provider: str, document: DiscoveryDocument, context: ServiceContext) -> None:
    """Remember an answer to discovery for as long as it says, but not longer than we believe such things."""
    max_age = min(document.max_age, context.policy.discovery_max_age)
    if max_age > 0:
        context.store.discovered.put(KeptDocument(provider, document.content, context.elapsed + max_age))


def forget(provider: str, context: ServiceContext) -> None:
    """A host says that it is not that provider's (HTTP 421): ask again next time."""
    if context.store.discovered.get(provider) is not None:
        context.decided(Decision(MISDIRECTED, "the host says that it is somebody else's", "discovery", peer=provider))
    context.store.discovered.remove(provider)


def is_ours(host: str, provider: str, context: ServiceContext) -> bool:
    """Whether we would talk to ourselves if we believed that `provider` is at `host`. Only who shares our service host
    may name that.
    """
    return host == context.provider or (host == context.service_host and provider not in context.co_tenants)
