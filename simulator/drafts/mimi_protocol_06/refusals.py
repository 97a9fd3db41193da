"""Refusals on the wire: a result code in the endpoint's own struct with HTTP 200, or problem details (RFC 9457) with a
status that says so (PROTOCOL.md, Errors).
"""

import json
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from simulator import rules
from simulator.codec import MOST_VALUES, DecodeError, decode, encode
from simulator.drafts.requests import answers
from simulator.drafts.requests.endpoint import HTTPRefusal, Refusals, Reply
from simulator.drafts.requests.http_checks import http_rule
from simulator.drafts.requests.wire_request import Headers
from simulator.printable import printable
from simulator.rules import Rule
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.tokens.refusals import INVALID_TOKEN, TOKEN_REQUIRED, TOKEN_SPENT

OCTETS = "application/octet-stream"
PROBLEM = "application/problem+json"

WRONG_SENDER = Code("wrong_sender", final=True)
"""From names a provider that the certificate does not."""
NO_CONSENT = Code("no_consent")
INVALID_FRANK = Code("invalid_frank", final=True)
UNKNOWN_ASSET = Code("unknown_asset")
UNREACHABLE = Code("unreachable")
"""The provider that would have to be asked gave no answer."""
LEFT_OUT = Code("left_out")
"""A commit does not take along what is queued."""

STATUS: dict[Code, int] = {
    Code.malformed: 400,
    Code.invalid_signature: 401,
    TOKEN_REQUIRED: 401,
    INVALID_TOKEN: 401,
    TOKEN_SPENT: 401,
    WRONG_SENDER: 403,
    Code.not_authorized: 403,
    Code.unsupported_operation: 404,
    Code.unknown_group: 404,
    Code.unknown_user: 404,
    UNKNOWN_ASSET: 404,
    INVALID_FRANK: 422,
    Code.rate_limited: 429,
    Code.internal: 500,
    UNREACHABLE: 502,
}
"""Of refusals that come as problem details; 400 for any other code."""

CODES = {
    str(code): code
    for code in (
        *STATUS,
        Code.unsupported_version,
        Code.wrong_epoch,
        Code.invalid_proposal,
        NO_CONSENT,
        Code.key_packages_exhausted,
        Code.invalid_commit,
        Code.invalid_welcome,
        Code.invalid_group_info,
        Code.invalid_leaf_node,
        LEFT_OUT,
    )
}
"""Each by its word; the last five are the hub's inner reasons, which only the description of an answer tells."""

LONGEST_DESCRIPTION = 1000
"""Characters of a description that are written, and that are kept of what a peer wrote."""

MAY_SAY = "PROTOCOL.md, Transport"


def forbidden(requirement: str, part: str = "") -> Rule:
    """The rule of who may say something: its breach is HTTP 403, at every endpoint."""
    return http_rule(requirement, Code.not_authorized, HTTPStatus.FORBIDDEN, MAY_SAY, part=part)


def words_of(refusal: Refusal) -> str:
    """What is said to people, no longer than anybody keeps it."""
    return printable(str(refusal), LONGEST_DESCRIPTION)


def problem(refusal: Refusal) -> Reply:
    """The answer that carries a refusal as problem details."""
    more: Headers = ()
    status = STATUS.get(refusal.code, HTTPStatus.BAD_REQUEST)
    if isinstance(refusal, HTTPRefusal):
        status, more = refusal.status, refusal.headers
    retry = () if refusal.retry_after is None else (("retry-after", str(refusal.retry_after)),)
    said = {
        "title": HTTPStatus(status).phrase,
        "status": int(status),
        "detail": words_of(refusal),
        "code": str(refusal.code),
    }
    return Reply(int(status), (("content-type", PROBLEM), *more, *retry), json.dumps(said).encode())


def read_problem(reply: Reply) -> Refusal | None:
    """The refusal in an answer that says by its status that it is one."""
    if reply.status < HTTPStatus.BAD_REQUEST:
        return None
    try:
        said = json.loads(reply.body)
    except (ValueError, RecursionError):
        return None
    code = CODES.get(str(said.get("code"))) if isinstance(said, dict) else None
    if code is None:
        return None
    words = printable(str(said.get("detail", "")), LONGEST_DESCRIPTION)
    return ReceivedRefusal(code, words, retry_after=retry_after(reply))


def refusals(
    write: Callable[[Refusal], bytes | None] = lambda _: None, read: Callable[[bytes], Refusal | None] = lambda _: None
) -> Refusals:
    """Those of an endpoint whose struct carries some: `write` makes it of a refusal, where it has a code for that, and
    `read` finds the refusal in such a struct.
    """

    def write_reply(refusal: Refusal) -> Reply:
        body = None if isinstance(refusal, HTTPRefusal) else write(refusal)
        return problem(refusal) if body is None else Reply(HTTPStatus.OK, (("content-type", OCTETS),), body)

    def read_reply(reply: Reply) -> Refusal | None:
        return read(reply.body) if reply.status == HTTPStatus.OK else read_problem(reply)

    def is_refusal(reply: Reply) -> bool:
        return reply.status >= HTTPStatus.BAD_REQUEST or read_reply(reply) is not None

    return Refusals(write_reply, is_refusal, read_reply)


REFUSALS = refusals()
"""Of endpoints whose structs carry none, and where no endpoint was found."""


def succeed(response: Any = None, status: int = HTTPStatus.OK) -> Reply:
    """The answer that carries a response struct, or nothing."""
    if response is None:
        return Reply(int(status), (), b"")
    return Reply(int(status), (("content-type", OCTETS),), encode(response))


def read_done(found: Refusals, reply: Reply, status: int) -> None:
    """Whether an answer says that it is done, which it does by its status. Raises the peer's Refusal, or BadAnswer."""
    _raise_refusal(found, reply)
    rules.check(answers.STATUS, reply.status == status, f"HTTP {reply.status}, not {int(status)}")


def read_struct(found: Refusals, response: type, reply: Reply, most_values: int = MOST_VALUES) -> Any:
    """The `response` struct in an answer. Raises the peer's Refusal, and BadAnswer for what is neither."""
    _raise_refusal(found, reply)
    rules.check(answers.STATUS, reply.status == HTTPStatus.OK, f"HTTP {reply.status}, not 200")
    try:
        return decode(response, reply.body, most_values)
    except DecodeError as error:
        why = f"HTTP {reply.status}, and the body is no {response.__name__}: {error}"
        rules.refuse(answers.DECODES, why, error)


def retry_after(reply: Reply) -> int | None:
    """The seconds that an answer asks to wait, at most 2^31 (RFC 9110 10.2.3); None if it asks for none."""
    text = reply.header("retry-after") or ""
    if not text.isascii() or not text.isdigit():
        return None
    return 2**31 if len(text) > 10 else min(int(text), 2**31)


def _raise_refusal(found: Refusals, reply: Reply) -> None:
    refusal = found.read(reply)
    if refusal is not None:
        raise refusal
    if reply.status >= HTTPStatus.BAD_REQUEST:
        rules.refuse(answers.DECODES, f"HTTP {reply.status} without a word why", retry_after=retry_after(reply))
