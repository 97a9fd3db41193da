"""Checks that any draft may list: what HTTP alone can judge, and reading a request in one or two steps.

By which rule something is refused, the draft says: each function makes the check of one.
"""

from collections.abc import Awaitable, Callable

from simulator.drafts.requests.call import Call
from simulator.drafts.requests.endpoint import HTTPRefusal, Place
from simulator.drafts.requests.wire_request import Headers
from simulator.rules import Rule, check, refuse
from simulator.services.refusal import Code


def http_rule(
    requirement: str, code: Code, status: int, section: str, *, part: str = "", essential: str | None = None
) -> Rule:
    """The rule whose breach is an HTTPRefusal with this code and status; `section` is the text that demands it."""

    def refusal(words: str, *, headers: Headers = ()) -> HTTPRefusal:
        return HTTPRefusal(code, words, section, status=status, headers=headers)

    return Rule(requirement, refusal, part, essential)


def host(rule: Rule) -> Callable[[Call], None]:
    """Each path is asked for at the host name at which it is served."""

    def check_host(call: Call) -> None:
        request, row = call.request, call.found
        expected = call.server.domain if row is not None and row.place is Place.own_domain else call.server.service_host
        place = expected or "the provider's own domain"
        words = f"{request.path} is served at {place}, not at {request.host or 'no host'}"
        check(rule, request.host == expected, words)

    return check_host


def path(rule: Rule) -> Callable[[Call], None]:
    """Each path is one that an endpoint has."""

    def check_path(call: Call) -> None:
        if call.found is None:
            refuse(rule, f"there is no endpoint {call.request.path}")

    return check_path


def method(rule: Rule) -> Callable[[Call], None]:
    """The method is the endpoint's."""

    def check_method(call: Call) -> None:
        request, row = call.request, call.endpoint
        words = f"{request.path} takes {row.method}, not {request.method}"
        check(rule, request.method == row.method, words, headers=(("allow", row.method),))

    return check_method


def content_type(rule: Rule) -> Callable[[Call], None]:
    """The content type is the endpoint's, if that takes a body."""

    def check_content_type(call: Call) -> None:
        row, found = call.endpoint, call.request.header("content-type")
        same = row.request is None or (found or "").strip().lower() == row.media_type
        check(rule, same, f"the content type is {row.media_type}, not {found or 'missing'}")

    return check_content_type


def content_coding(rule: Rule) -> Callable[[Call], None]:
    """There is no content coding: a small body could become a large one."""

    def check_content_coding(call: Call) -> None:
        codings = call.request.elements("content-encoding")
        plain = not set(codings) - {"identity"}
        words = f"no content coding is taken, and nothing is decompressed: {', '.join(codings)}"
        check(rule, plain, words, headers=(("accept-encoding", "identity"),))

    return check_content_coding


def body_size(rule: Rule) -> Callable[[Call], None]:
    """The body is not longer than the provider takes."""

    def check_body_size(call: Call) -> None:
        if call.request.body_too_large:
            refuse(rule, "the body is larger than this provider takes")

    return check_body_size


def head(call: Call) -> None:
    """Read what stands in front of the request. Raises Refusal."""
    call.head = call.endpoint.head(call.request)


def whole(call: Call) -> None:
    """Read all of the request. Raises Refusal."""
    call.incoming = call.endpoint.open(call.request)
    call.server.decoded(call.incoming.envelope.operation)


async def token(call: Call) -> None:
    """A token pays for the request, where the provider demands one. Raises Refusal."""
    if call.server.protects(call.found):
        await call.server.check_token(call)


def spend(call: Call) -> None:
    """The token is spent, whatever becomes of the request: what is checked after this costs one."""
    if call.token is not None:
        call.server.spend_token(call)


def provider_signature(rule: Rule) -> Callable[[Call], Awaitable[None]]:
    """A signature by the sending provider is genuine, if the request has one."""

    async def check_provider_signature(call: Call) -> None:
        incoming = call.incoming
        if incoming is not None and incoming.signature is not None and incoming.envelope.sender is not None:
            await call.server.check_signature(incoming.envelope.sender, incoming.signature, rule)

    return check_provider_signature
