"""The directory: a JSON document with a URI template for each endpoint, from which a peer's URLs follow (PROTOCOL.md
section 2).
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import urlsplit

from simulator import rules
from simulator.drafts.discovery import Discovery
from simulator.drafts.mimi_protocol_06.refusals import REFUSALS, retry_after
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import (
    Answer,
    BadAnswer,
    Endpoint,
    Envelope,
    Incoming,
    NotOffered,
    Outgoing,
    Place,
    Reply,
)
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.printable import printable
from simulator.services.discovery import is_ours
from simulator.services.names import BadName, fqdn
from simulator.services.results import DiscoveryDocument
from simulator.services.service_context import ServiceContext

NAME = "directory"
PATH = "/.well-known/mimi-protocol-directory"
JSON = "application/json"
LARGEST = 64 * 1024
"""Bytes."""
LONGEST_KEPT = 3600
"""Seconds."""

_ANSWER = "P6-2-DIRECTORY"
STATUS = rules.Rule(_ANSWER, BadAnswer, "STATUS")
TYPE = rules.Rule(_ANSWER, BadAnswer, "TYPE")
SIZE = rules.Rule(_ANSWER, BadAnswer, "SIZE")
FORM = rules.Rule(_ANSWER, BadAnswer, "JSON", "there is nothing that could be read")
TEMPLATE = rules.Rule(_ANSWER, BadAnswer, "TEMPLATE", "it leads nowhere")
ELSEWHERE = rules.Rule(_ANSWER, BadAnswer, "ELSEWHERE")
OFFERED = rules.Rule("P6-2-NOT-OFFERED", NotOffered, essential="there is nowhere to ask")
VARIABLE = rules.Rule("P6-2-TEMPLATE-VARIABLE", BadAnswer, essential="nothing says what to put there")

_MAX_AGE = re.compile(r"max-age=([0-9]{1,10})")


def discovery(served: Sequence[Endpoint]) -> Discovery:
    """The directory of a provider that serves these endpoints."""
    known = {row.name: row for row in served}

    def document(host: str) -> bytes:
        return _encoded({name: f"https://{host}{row.template}" for name, row in known.items()})

    def perform(context: ServiceContext) -> Answer:
        return Answer(_reply(document(context.service_host), context.policy.discovery_max_age))

    def read(reply: Reply) -> DiscoveryDocument:
        said = _members(reply)
        urls = {name: str(said[name]) for name in known if name in said and _template(name, said[name])}
        return DiscoveryDocument(_encoded(urls), _max_age(reply.header("cache-control") or ""))

    row = Endpoint(
        NAME,
        "GET",
        Template(PATH),
        Place.own_domain,
        JSON,
        None,
        None,
        _head,
        _opener(perform),
        read,
        REFUSALS,
    )
    return Discovery(
        row,
        lambda sender, recipient: Outgoing(NAME, row, recipient, b"", headers=from_header(sender)),
        fqdn,
        lambda context: document(context.service_host),
        check,
        hosts,
        url,
        lambda host, max_age: _reply(document(host), max_age),
        certified=True,
    )


def check(provider: str, content: bytes, context: ServiceContext) -> None:
    """Raises BadAnswer for a directory that would have us talk to ourselves."""
    for host in hosts(content):
        ours = is_ours(host, provider, context)
        rules.check(ELSEWHERE, not ours, f"{provider} says that it serves at {host}, which is us")


def hosts(content: bytes) -> tuple[str, ...]:
    """Every host that a directory names, once."""
    return tuple(dict.fromkeys(urlsplit(url).netloc for url in json.loads(content).values()))


def url(content: bytes, outgoing: Outgoing) -> str:
    """The template of the request's endpoint, with whichever variable it has. Raises BadAnswer."""
    name, recipient = outgoing.endpoint.name, outgoing.recipient
    found = json.loads(content).get(name)
    if found is None:
        rules.refuse(OFFERED, f"{recipient} offers no {name}", provider=recipient)
    host, template = _template(name, found)
    if template.variable is not None and template.variable not in outgoing.variables:
        rules.refuse(
            VARIABLE, f"{recipient} has a {template.variable} in the URL of its {name}, and a request has none"
        )
    return f"https://{host}{template.expand(**outgoing.variables)}"


def _opener(perform: Callable[[ServiceContext], Answer]) -> Callable[[WireRequest], Incoming]:
    return lambda request: Incoming(_head(request), perform)


def _head(request: WireRequest) -> Envelope:
    """Who asks. Only the address draws from a bucket: every other request needs this one first."""
    return replace(head(NAME)(request), rate_keys=())


def _encoded(urls: Mapping[str, str]) -> bytes:
    return json.dumps(urls).encode()


def _reply(body: bytes, max_age: int) -> Reply:
    headers = (("content-type", JSON), ("cache-control", f"max-age={max_age}"))
    return Reply(HTTPStatus.OK, headers, body)


def _members(reply: Reply) -> dict[str, object]:
    """What the JSON object in an answer says. Raises BadAnswer, and the peer's Refusal."""
    refusal = REFUSALS.read(reply)
    if refusal is not None:
        raise refusal
    if reply.status >= HTTPStatus.BAD_REQUEST:
        rules.refuse(STATUS, f"the directory answered HTTP {reply.status}", retry_after=retry_after(reply))
    rules.check(STATUS, reply.status == HTTPStatus.OK, f"the directory answered HTTP {reply.status}, not 200")
    kind = (reply.header("content-type") or "").partition(";")[0].strip().lower()
    said = printable(reply.header("content-type") or "without a type", 100)
    rules.check(TYPE, kind == JSON, f"the directory answered {said!r}, not {JSON}")
    rules.check(SIZE, len(reply.body) <= LARGEST, f"the directory has {len(reply.body)} bytes; {LARGEST} are the most")
    try:
        found = json.loads(reply.body.decode())
    except (ValueError, RecursionError) as error:
        rules.refuse(FORM, f"the directory is no JSON: {error}", error)
    if not isinstance(found, dict):
        rules.refuse(FORM, "the directory is no JSON object")
    return found


def _template(name: str, found: object) -> tuple[str, Template]:
    """The host of a URL template, and its path. Raises BadAnswer."""
    try:
        parts = urlsplit(found if isinstance(found, str) else "")
        plain = parts.scheme == "https" and not parts.query and not parts.fragment and found == parts.geturl()
        template = Template(parts.path if plain else "")
        variable = template.variable is None or "{" in template.text.rpartition("/")[2]
        return fqdn(parts.netloc if variable else ""), template
    except (ValueError, BadName) as error:
        shown = printable(str(found), 100)
        words = f"an https URL with at most one variable, in its last segment: {error}"
        rules.refuse(TEMPLATE, f"{name} in the directory is {shown!r}, not {words}", error)


def _max_age(cache_control: str) -> int:
    directives = [part.strip().lower() for part in cache_control.split(",")]
    if "no-store" in directives or "no-cache" in directives:
        return 0
    found = next((match for each in directives if (match := _MAX_AGE.fullmatch(each))), None)
    return min(int(found[1]), LONGEST_KEPT) if found else 0
