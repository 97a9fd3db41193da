"""How a draft finds out where another provider serves its endpoints."""

from collections.abc import Callable

from simulator.dataclass import dataclass
from simulator.drafts.requests.endpoint import Endpoint, Outgoing, Reply
from simulator.services.service_context import ServiceContext


@dataclass(frozen=True, slots=True)
class Discovery:
    """A provider publishes a document from which the URLs of its endpoints follow; others keep it for a while.

    `endpoint.read` makes a `DiscoveryDocument` of an answer. What is in a document only the draft knows: the content
    that the functions here take is the document's, in the encoding in which the draft wants it kept.
    """

    endpoint: Endpoint
    """Where the document is: at the provider's own domain."""
    write: Callable[[str, str], Outgoing]
    """The question of a sender where a recipient serves."""
    default_host: Callable[[str], str]
    """Where a provider serves the other endpoints unless it is told otherwise. Raises BadName where no name that the
    draft allows can be made of the provider's."""
    own: Callable[[ServiceContext], bytes]
    """The content of our own document."""
    check: Callable[[str, bytes, ServiceContext], None]
    """Whether what a provider has answered may be believed. Raises BadAnswer, at least where we would talk to
    ourselves (`services.discovery.is_ours`)."""
    hosts: Callable[[bytes], tuple[str, ...]]
    """Every host that a document names."""
    url: Callable[[bytes, Outgoing], str]
    """Where a request to the provider of this document goes. Raises BadAnswer where it offers no such endpoint."""
    leading_to: Callable[[str, int], Reply]
    """An answer that leads to a host, whatever that is, and may be remembered for so many seconds: for attacks."""
    certified: bool = False
    """Whether the certificate of a server has to have, letter by letter, the names of the provider that is asked and of
    the host in the URL: whoever is named by somebody else's document can't answer then."""
