"""What is checked of a request before its body is read, and how an answer or a refusal gets back into HTTP.

Both are the same for a server of one provider and for one that several share.
"""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import NoReturn

import trio

from simulator.drafts.draft import Draft
from simulator.drafts.endpoint import Endpoint, Place, Reply
from simulator.drafts.wire_request import WireRequest
from simulator.net import HTTPReply, HTTPRequest, TransportError, covers
from simulator.services.refusal import Code, Refusal, TooLarge

SECTION = "PROTOCOL.md section 2"


class Misdirected(Exception):
    """A request that HTTP alone can refuse: the refusal, with HTTP's own status and headers for it."""

    def __init__(self, refusal: Refusal, status: int, *headers: tuple[str, str]) -> None:
        super().__init__(str(refusal))
        self.refusal = refusal
        self.status = status
        self.headers = headers


def wire_request(request: HTTPRequest) -> WireRequest:
    """The request as a draft sees it."""
    return WireRequest(
        request.method,
        request.path,
        request.host,
        request.headers,
        request.body,
        covers=partial(covers, request.peer.certificate or b""),
        address=request.peer.address[0],
        body_too_large=request.body_too_large,
    )


def find(draft: Draft, request: WireRequest, domain: str | None, ds_host: str) -> tuple[Endpoint, WireRequest]:
    """The endpoint that a request is for, its HTTP parts checked: discovery at `domain` (None: not here), all others at
    `ds_host`; and the request with the variables of its path. Raises Misdirected.
    """
    endpoint, variables = draft.endpoint(request.path)
    host = domain if endpoint is not None and endpoint.place is Place.own_domain else ds_host
    if request.host != host:
        place = host or "the provider's own domain"
        _misdirect(421, Code.malformed, f"{request.path} is served at {place}, not at {request.host or 'no host'}")
    if endpoint is None:
        _misdirect(404, Code.unsupported_operation, f"there is no endpoint {request.path}")
    if request.method != endpoint.method:
        rule = f"{request.path} takes {endpoint.method}, not {request.method}"
        _misdirect(405, Code.unsupported_operation, rule, ("allow", endpoint.method))
    if endpoint.request is not None:
        found = request.header("content-type")
        if (found or "").strip().lower() != endpoint.media_type:
            _misdirect(415, Code.malformed, f"the content type is {endpoint.media_type}, not {found or 'missing'}")
    codings = request.elements("content-encoding")
    if set(codings) - {"identity"}:
        rule = f"no content coding is taken, and nothing is decompressed: {', '.join(codings)}"
        _misdirect(415, Code.malformed, rule, ("accept-encoding", "identity"))
    if request.body_too_large:
        raise too_large()
    return endpoint, replace(request, variables=variables)


def too_large() -> TooLarge:
    """The refusal of a body that exceeds the provider's limit."""
    return TooLarge(Code.malformed, "the body is larger than this provider takes", SECTION)


async def answer(
    draft: Draft, name: str, path: str, serve: Callable[[], Awaitable[HTTPReply]], report: Callable[[Exception], None]
) -> HTTPReply:
    """What `serve` answers; where it raises a Refusal or Misdirected, that, in the name of `name`; 500 for a fault of
    our own, which goes to `report` too.
    """
    try:
        return await serve()
    except Misdirected as misdirected:
        reply = draft.refuse(misdirected.refusal.named(path, name), misdirected.status)
        return in_http(reply, *misdirected.headers)
    except TooLarge as refusal:
        return in_http(draft.refuse(refusal.named(path, name), 413))
    except TransportError:  # of all that we do only our own executor lets one through, when it is closed
        await trio.sleep_forever()  # until we are cancelled: a provider that crashed answers nobody
    except Refusal as refusal:
        return in_http(draft.refuse(refusal.named(path, name)))
    except Exception as error:
        report(error)
        return in_http(draft.refuse(Refusal(Code.internal, f"{name} failed; its log says why")))


def _misdirect(status: int, code: Code, rule: str, *headers: tuple[str, str]) -> NoReturn:
    raise Misdirected(Refusal(code, rule, SECTION), status, *headers)


def in_http(reply: Reply, *headers: tuple[str, str]) -> HTTPReply:
    """A draft's reply, with headers that HTTP itself wants."""
    return HTTPReply(reply.status, (*reply.headers, *headers), reply.body)
