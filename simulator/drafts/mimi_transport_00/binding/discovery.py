"""Discovery: the one answer that is text ([T] and PROTOCOL.md section 2)."""

from simulator.drafts.endpoint import Answer, BadAnswer, Envelope, Incoming, Reply
from simulator.drafts.mimi_transport_00.errors import delta_seconds
from simulator.drafts.wire_request import WireRequest
from simulator.printable import printable
from simulator.services.names import BadName, fqdn
from simulator.services.results import DSHost
from simulator.services.service_context import ServiceContext

TEXT = "text/plain; charset=us-ascii"
LONGEST_QUOTE = 100
"""Characters of a header that are quoted: a sentence with it is kept of each delivery that fails."""


def head(_: WireRequest) -> Envelope:
    """Nothing is said of who asks."""
    return Envelope("ds_domain")


def open_request(request: WireRequest) -> Incoming:
    """Anybody may ask; there is nothing to open."""

    def perform(context: ServiceContext) -> Answer:
        headers = (("content-type", TEXT), ("cache-control", f"max-age={context.policy.ds_host_max_age}"))
        return Answer(Reply(200, headers, f"{context.ds_host}\n".encode("ascii")))

    return Incoming(head(request), perform)


def read_answer(reply: Reply) -> DSHost:
    """The DS host. Raises BadAnswer for anything that is not exactly what PROTOCOL.md section 2 describes."""
    if reply.status != 200:
        raise BadAnswer(f"discovery answered HTTP {reply.status}, not 200")
    kind = [part.strip().lower() for part in (reply.header("content-type") or "").split(";")]
    if kind not in (["text/plain", "charset=us-ascii"], ["text/plain", 'charset="us-ascii"']):
        said = printable(reply.header("content-type") or "without a type", LONGEST_QUOTE)
        raise BadAnswer(f"discovery answered {said!r}, not {TEXT}")
    try:
        host = fqdn(reply.body.decode("ascii").removesuffix("\n"))
    except (BadName, UnicodeDecodeError) as error:
        raise BadAnswer(f"discovery answered no host name: {error}") from error
    return DSHost(host, _max_age(reply.header("cache-control") or ""))


def _max_age(cache_control: str) -> int:
    directives = [part.strip().lower() for part in cache_control.split(",")]
    if "no-store" in directives or "no-cache" in directives:
        return 0
    for directive in directives:
        name, _, seconds = directive.partition("=")
        if name == "max-age":
            return delta_seconds(seconds) or 0
    return 0
