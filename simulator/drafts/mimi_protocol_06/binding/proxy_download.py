"""`proxyDownload`: a follower has the hub fetch an asset, whose provider learns of the hub alone who wants it."""

from simulator.drafts.mimi_protocol_06.binding.asset import file_reply, read_file, write_asset
from simulator.drafts.mimi_protocol_06.binding.opening import in_path
from simulator.drafts.mimi_protocol_06.names import absolute_url
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, REFUSALS
from simulator.drafts.mimi_protocol_06.rules.proxy_download import check_sender, fetched, place_of
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, Ask, Endpoint, Incoming, Outgoing, Place
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.services.delivery.outbox import Failed
from simulator.services.refusal import Refusal
from simulator.services.results import Result
from simulator.services.service_context import ServiceContext

NAME = "proxyDownload"


def open_request(request: WireRequest) -> Incoming:
    """All of it: who asks stands in its head. Raises Refusal malformed."""
    url, known = in_path(request, absolute_url), head(NAME)(request)

    def perform(context: ServiceContext) -> Ask:
        check_sender(str(known.sender), context)
        provider, asset = place_of(url, context)

        def resume(outcome: Result | Refusal | Failed, context: ServiceContext) -> Answer:
            return Answer(file_reply(fetched(outcome, provider, context)))

        return Ask(write_asset(asset, sender=context.provider, recipient=provider), resume)

    return Incoming(known, perform)


PROXY_DOWNLOAD = Endpoint(
    NAME,
    "GET",
    Template("/v1/proxyDownload/{downloadUrl}"),
    Place.service_host,
    OCTETS,
    None,
    None,
    head(NAME),
    open_request,
    read_file,
    REFUSALS,
)


def write_proxy_download(url: str, *, sender: str, recipient: str) -> Outgoing:
    """The request to a hub for what is at this URL."""
    return Outgoing("download", PROXY_DOWNLOAD, recipient, b"", {"downloadUrl": url}, from_header(sender))
