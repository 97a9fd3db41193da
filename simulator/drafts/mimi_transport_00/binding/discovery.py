"""Discovery: the one answer that is text ([T] and PROTOCOL.md section 2)."""

from simulator import rules
from simulator.drafts.mimi_transport_00.errors import delta_seconds
from simulator.drafts.requests.endpoint import Answer, BadAnswer, Envelope, Incoming, Outgoing, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.printable import printable
from simulator.services.discovery import is_ours
from simulator.services.names import MAX_FQDN, BadName, fqdn
from simulator.services.results import DiscoveryDocument
from simulator.services.service_context import ServiceContext

TEXT = "text/plain; charset=us-ascii"


def _rule(part: str, essential: str | None = None) -> rules.Rule:
    return rules.Rule("P-2-DISCOVERY-ERROR", BadAnswer, part, essential)


STATUS = _rule("STATUS")
TYPE = _rule("TYPE")
NAME = _rule("NAME", "there is no host to go on with")
ELSEWHERE = _rule("ELSEWHERE")

LONGEST_QUOTE = 100
"""Characters of a header that are quoted: a sentence with it is kept of each delivery that fails."""


def head(_: WireRequest) -> Envelope:
    """Nothing is said of who asks."""
    return Envelope("ds_domain")


def open_request(request: WireRequest) -> Incoming:
    """Anybody may ask; there is nothing to open."""

    def perform(context: ServiceContext) -> Answer:
        return Answer(leading_to(f"{context.service_host}\n", context.policy.discovery_max_age))

    return Incoming(head(request), perform)


def read_answer(reply: Reply) -> DiscoveryDocument:
    """The DS host, in ASCII. Raises BadAnswer for anything that is not exactly what PROTOCOL.md section 2 describes."""
    rules.check(STATUS, reply.status == 200, f"discovery answered HTTP {reply.status}, not 200")
    kind = [part.strip().lower() for part in (reply.header("content-type") or "").split(";")]
    plain = kind in (["text/plain", "charset=us-ascii"], ["text/plain", 'charset="us-ascii"'])
    said = printable(reply.header("content-type") or "without a type", LONGEST_QUOTE)
    rules.check(TYPE, plain, f"discovery answered {said!r}, not {TEXT}")
    try:
        host = fqdn(reply.body.decode("ascii").removesuffix("\n"))
    except (BadName, UnicodeDecodeError) as error:
        rules.refuse(NAME, f"discovery answered no host name: {error}", error)
    return DiscoveryDocument(host.encode(), _max_age(reply.header("cache-control") or ""))


def default_host(provider: str) -> str:
    """The usual name of a provider's DS host. Raises BadName where that is too long for a name."""
    host = f"ds.{provider}"
    if len(host) > MAX_FQDN:
        raise BadName(
            f"ds.{provider[:40]}... is too long for the name of a DS host: {len(host)} bytes, where a name has"
            f" {MAX_FQDN} at most; say another DS host, or shorten the provider's name"
        )
    return host


def own(context: ServiceContext) -> bytes:
    """Our own DS host."""
    return context.service_host.encode()


def hosts(content: bytes) -> tuple[str, ...]:
    """The DS host."""
    return (content.decode(),)


def check(provider: str, content: bytes, context: ServiceContext) -> None:
    """Raises BadAnswer for an answer that would have us talk to ourselves."""
    (host,) = hosts(content)
    ours = is_ours(host, provider, context)
    rules.check(ELSEWHERE, not ours, f"{provider} says that its Delivery Service is at {host}, which is us")


def url(content: bytes, outgoing: Outgoing) -> str:
    """Every endpoint is at the DS host."""
    (host,) = hosts(content)
    return f"https://{host}{outgoing.wire_request.path}"


def leading_to(host: str, max_age: int) -> Reply:
    """An answer that names this as the DS host, whether or not it is a name."""
    return Reply(200, (("content-type", TEXT), ("cache-control", f"max-age={max_age}")), host.encode())


def _max_age(cache_control: str) -> int:
    directives = [part.strip().lower() for part in cache_control.split(",")]
    if "no-store" in directives or "no-cache" in directives:
        return 0
    for directive in directives:
        name, _, seconds = directive.partition("=")
        if name == "max-age":
            return delta_seconds(seconds) or 0
    return 0
