"""Checks that any draft may list: what HTTP alone can judge, and reading a request in one or two steps.

Refusals cite nothing: the `Check` that a draft makes of such a function says where the draft demands it.
"""

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import HTTPRefusal, Place
from simulator.services.refusal import Code


def host(call: Call) -> None:
    """A host name at which the path is not served. Raises HTTPRefusal 421."""
    request, row = call.request, call.found
    expected = call.server.domain if row is not None and row.place is Place.own_domain else call.server.service_host
    if request.host != expected:
        place = expected or "the provider's own domain"
        rule = f"{request.path} is served at {place}, not at {request.host or 'no host'}"
        raise HTTPRefusal(Code.malformed, rule, status=421)


def path(call: Call) -> None:
    """A path that no endpoint has. Raises HTTPRefusal 404."""
    if call.found is None:
        raise HTTPRefusal(Code.unsupported_operation, f"there is no endpoint {call.request.path}", status=404)


def method(call: Call) -> None:
    """Another method than the endpoint's. Raises HTTPRefusal 405."""
    request, row = call.request, call.endpoint
    if request.method != row.method:
        rule = f"{request.path} takes {row.method}, not {request.method}"
        raise HTTPRefusal(Code.unsupported_operation, rule, status=405, headers=(("allow", row.method),))


def content_type(call: Call) -> None:
    """Another content type than the endpoint's, if that takes a body. Raises HTTPRefusal 415."""
    row, found = call.endpoint, call.request.header("content-type")
    if row.request is not None and (found or "").strip().lower() != row.media_type:
        rule = f"the content type is {row.media_type}, not {found or 'missing'}"
        raise HTTPRefusal(Code.malformed, rule, status=415)


def content_coding(call: Call) -> None:
    """Any content coding: a small body could become a large one. Raises HTTPRefusal 415."""
    codings = call.request.elements("content-encoding")
    if set(codings) - {"identity"}:
        rule = f"no content coding is taken, and nothing is decompressed: {', '.join(codings)}"
        raise HTTPRefusal(Code.malformed, rule, status=415, headers=(("accept-encoding", "identity"),))


def body_size(call: Call) -> None:
    """A body that is longer than the provider takes. Raises HTTPRefusal 413."""
    if call.request.body_too_large:
        raise HTTPRefusal(Code.malformed, "the body is larger than this provider takes", status=413)


def head(call: Call) -> None:
    """Read what stands in front of the request. Raises Refusal."""
    call.head = call.endpoint.head(call.request)


def whole(call: Call) -> None:
    """Read all of the request. Raises Refusal."""
    call.incoming = call.endpoint.open(call.request)
    call.server.decoded(call.incoming.envelope.operation)


async def provider_signature(call: Call) -> None:
    """A signature by the sending provider, if the request has one. Raises Refusal."""
    incoming = call.incoming
    if incoming is not None and incoming.signature is not None and incoming.envelope.sender is not None:
        await call.server.check_signature(incoming.envelope.sender, incoming.signature)
