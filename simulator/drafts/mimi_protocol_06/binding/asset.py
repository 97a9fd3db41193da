"""Assets: a client uploads them to its own provider, and whoever is told an URL gets what is there.

No directory lists these: the URL is in the message that refers to the asset.
"""

from http import HTTPStatus

from simulator.codec import encode, opaque, struct, uint32, utf8
from simulator.drafts.mimi_protocol_06.binding.opening import in_path, opened
from simulator.drafts.mimi_protocol_06.content.external_part import LARGEST
from simulator.drafts.mimi_protocol_06.names import asset_id
from simulator.drafts.mimi_protocol_06.refusals import OCTETS, REFUSALS, read_done, read_struct, succeed
from simulator.drafts.mimi_protocol_06.rules.assets import find_asset, keep_asset
from simulator.drafts.mimi_protocol_06.sender import from_header, head
from simulator.drafts.requests.endpoint import Answer, BadAnswer, Endpoint, Incoming, Outgoing, Place, Reply
from simulator.drafts.requests.template import Template
from simulator.drafts.requests.wire_request import WireRequest
from simulator.rules import Rule, check
from simulator.services.names import parse_client
from simulator.services.results import DownloadedFile, UploadedFile
from simulator.services.service_context import ServiceContext

NAME = "asset"
UPLOAD_NAME = "uploadAsset"

ANSWERED = Rule("P6-4.9-LARGEST", BadAnswer, "ANSWER")


def open_request(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    asset = in_path(request, asset_id)
    return Incoming(head(NAME)(request), lambda context: Answer(file_reply(find_asset(asset, context))))


def file_reply(data: bytes) -> Reply:
    """The answer that is a file."""
    return Reply(HTTPStatus.OK, (("content-type", OCTETS),), data)


def read_file(reply: Reply) -> DownloadedFile:
    """The file that an answer is: redirects are not followed. Raises the peer's Refusal, or BadAnswer."""
    read_done(REFUSALS, reply, HTTPStatus.OK)
    size = len(reply.body)
    check(ANSWERED, size <= LARGEST, f"an asset has at most {LARGEST} bytes, the answer has {size}")
    return DownloadedFile(reply.body)


ASSET = Endpoint(
    NAME,
    "GET",
    Template("/v1/asset/{assetId}"),
    Place.own_domain,
    OCTETS,
    None,
    None,
    head(NAME),
    open_request,
    read_file,
    REFUSALS,
)


def write_asset(asset: str, *, sender: str, recipient: str) -> Outgoing:
    """The request for an asset of this provider."""
    return Outgoing("download", ASSET, recipient, b"", {"assetId": asset}, from_header(sender))


# IdentifierUri client;
# opaque asset<V>;
@struct
class UploadRequest:
    """An asset, and which client it is from. Never sent between providers."""

    client: utf8
    asset: opaque


# opaque url<V>;
# uint32 expires;
@struct
class UploadResponse:
    """Where the asset is, and until when, in seconds since 1970."""

    url: utf8
    expires: uint32


def open_upload(request: WireRequest) -> Incoming:
    """All of it. Raises Refusal malformed."""
    asked = opened(UploadRequest, request.body)

    def perform(context: ServiceContext) -> Answer:
        kept = keep_asset(asked.client, asked.asset, context)
        return Answer(succeed(UploadResponse(kept.url, kept.expires)))

    return Incoming(head(UPLOAD_NAME)(request), perform)


def read_upload(reply: Reply) -> UploadedFile:
    """Where it is. Raises Refusal, or BadAnswer."""
    response: UploadResponse = read_struct(REFUSALS, UploadResponse, reply)
    return UploadedFile(response.url, response.expires)


UPLOAD = Endpoint(
    UPLOAD_NAME,
    "POST",
    Template("/local/uploadAsset"),
    Place.service_host,
    OCTETS,
    UploadRequest,
    UploadResponse,
    head(UPLOAD_NAME),
    open_upload,
    read_upload,
    REFUSALS,
)
"""Not among the draft's endpoints: HTTPS does not lead here."""


def write_upload(asset: bytes, client: str) -> Outgoing:
    """The request of a client to its own provider. Raises BadName for what is no client."""
    provider = parse_client(client).provider
    body = encode(UploadRequest(client, asset))
    return Outgoing("upload", UPLOAD, provider, body, headers=from_header(provider))
