"""From HTTP to a draft's requests and back: what becomes of an answer, of a refusal and of a fault of our own.

All of it is the same for a server of one provider and for one that several share.
"""

from collections.abc import Awaitable, Callable
from functools import partial

import trio

from simulator.drafts.draft import Draft
from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import OwnFailure, Reply
from simulator.drafts.requests.wire_request import WireRequest
from simulator.net import HTTPReply, HTTPRequest, TransportError, dns_names
from simulator.services.refusal import Refusal


def wire_request(request: HTTPRequest) -> WireRequest:
    """The request as a draft sees it."""
    return WireRequest(
        request.method,
        request.path,
        request.host,
        request.headers,
        request.body,
        names=partial(dns_names, request.peer.certificate or b""),
        address=request.peer.address[0],
        body_too_large=request.body_too_large,
    )


async def answer(
    draft: Draft, call: Call, serve: Callable[[], Awaitable[HTTPReply]], report: Callable[[Exception], None]
) -> HTTPReply:
    """What `serve` answers; where it raises a Refusal, that, in the server's name; 500 for a fault of our own, which
    goes to `report` too.
    """
    name, refusals = call.server.name, (call.found or draft).refusals
    try:
        return await serve()
    except TransportError:  # of all that we do only our own executor lets one through, when it is closed
        await trio.sleep_forever()  # until we are cancelled: a provider that crashed answers nobody
    except Refusal as refusal:
        return in_http(refusals.write(refusal.named(call.request.path, name)))
    except Exception as error:  # our own fault, or this machine's: one request fails, the server goes on
        report(error)
        return in_http(refusals.write(OwnFailure(f"{name} failed; its log says why")))


def in_http(reply: Reply) -> HTTPReply:
    """A draft's reply."""
    return HTTPReply(reply.status, reply.headers, reply.body)
