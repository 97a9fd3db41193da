"""Discovery: a URL template in one line of text, which is kept as it is (PROTOCOL.md section 2)."""

from urllib.parse import urlsplit

from simulator.drafts.discovery import Discovery
from simulator.drafts.requests.endpoint import Answer, BadAnswer, Endpoint, Envelope, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.results import DiscoveryDocument
from simulator.services.service_context import ServiceContext

from .keys import KEYS
from .refusals import REFUSALS
from .sender import from_header, sender_of

TEXT = "text/plain"
KEPT = 3600
"""Seconds."""


def head(request: WireRequest) -> Envelope:
    """Anybody may ask."""
    return Envelope("template", sender_of(request))


def open_request(request: WireRequest) -> Incoming:
    """There is nothing to open."""
    return Incoming(head(request), lambda context: Answer(leading_to(context.provider, 0)))


def read(reply: Reply) -> DiscoveryDocument:
    """The line. Raises BadAnswer."""
    try:
        line = reply.body.decode("ascii").removesuffix("\n")
        Template(urlsplit(line).path)
    except ValueError as error:
        raise BadAnswer(f"discovery answered no URL template: {error}") from error
    if reply.status != 200 or not line.startswith("https://"):
        raise BadAnswer(f"discovery answered HTTP {reply.status}, and no URL template of HTTPS")
    return DiscoveryDocument(line.encode(), KEPT)


def leading_to(host: str, max_age: int) -> Reply:
    """The answer of whoever serves there; it is kept for the usual time, whatever is wanted."""
    return Reply(200, (("content-type", TEXT),), f"https://{host}{KEYS.template}\n".encode())


def hosts(content: bytes) -> tuple[str, ...]:
    """The template's."""
    return (urlsplit(content.decode()).netloc,)


def check(provider: str, content: bytes, context: ServiceContext) -> None:
    """Raises BadAnswer for a template that leads elsewhere than to the provider's own domain."""
    if hosts(content) != (provider,):
        raise BadAnswer(f"{provider} says that it serves at {', '.join(hosts(content))}, which is not its own domain")


def url(content: bytes, outgoing: Outgoing) -> str:
    """The template, expanded."""
    template = urlsplit(content.decode())
    return f"https://{template.netloc}{Template(template.path).expand(**outgoing.variables)}"


TEMPLATE = Endpoint(
    "template",
    "GET",
    Template("/.well-known/toy"),
    Place.own_domain,
    TEXT,
    None,
    None,
    head,
    open_request,
    read,
    REFUSALS,
)

DISCOVERY = Discovery(
    TEMPLATE,
    lambda sender, recipient: Outgoing("template", TEMPLATE, recipient, b"", headers=from_header(sender)),
    lambda provider: provider,
    lambda context: f"https://{context.provider}{KEYS.template}".encode(),
    check,
    hosts,
    url,
    leading_to,
)
