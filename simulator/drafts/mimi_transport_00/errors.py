"""Refusals on the wire: a number, an HTTP status and a MIMIError, at every endpoint alike (PROTOCOL.md section 6)."""

from typing import Any

from simulator import rules
from simulator.codec import MOST_VALUES, DecodeError, decode, encode
from simulator.drafts.mimi_transport_00.messages.common import (
    MIMI10,
    ErrorCode,
    ErrorResponse,
    MIMIError,
    ResponseType,
)
from simulator.drafts.requests import answers
from simulator.drafts.requests.endpoint import HTTPRefusal, Refusals, Reply
from simulator.mls.remembered import Remembered, remembered
from simulator.printable import printable
from simulator.services.refusal import Code, ReceivedRefusal, Refusal
from simulator.services.tokens.refusals import INVALID_TOKEN, TOKEN_REQUIRED, TOKEN_SPENT

OCTETS = "application/octet-stream"

LONGEST_DESCRIPTION = 1000
"""Characters of a description that are written, and that are kept of what a peer wrote."""

STATUS: dict[Code, int] = {
    Code.malformed: 400,
    Code.unsupported_version: 400,
    Code.unsupported_operation: 400,
    Code.wrong_recipient: 403,
    Code.invalid_signature: 401,
    Code.unknown_group: 404,
    Code.not_a_member: 403,
    Code.not_authorized: 403,
    Code.wrong_epoch: 409,
    Code.invalid_commit: 422,
    Code.invalid_proposal: 422,
    Code.invalid_welcome: 422,
    Code.invalid_group_info: 422,
    Code.invalid_leaf_node: 422,
    Code.invalid_group_id: 422,
    Code.unknown_user: 404,
    Code.key_packages_exhausted: 404,
    Code.rate_limited: 429,
    Code.sender_unverifiable: 502,
    Code.internal: 500,
    TOKEN_REQUIRED: 401,
    INVALID_TOKEN: 401,
    TOKEN_SPENT: 401,
}

CODES = {str(code): code for code in STATUS}
"""Each by its word."""


def refuse(refusal: Refusal) -> Reply:
    """The answer that carries `refusal`."""
    code = ErrorCode[refusal.code]
    epoch = (refusal.current_epoch or 0) if code is ErrorCode.wrong_epoch else None
    said = printable(str(refusal), LONGEST_DESCRIPTION)
    body = encode(ErrorResponse(MIMI10, ResponseType.error, MIMIError(code, said, epoch)))
    retry = () if refusal.retry_after is None else (("retry-after", str(refusal.retry_after)),)
    status, headers = STATUS[refusal.code], (("content-type", OCTETS), *retry)
    if isinstance(refusal, HTTPRefusal):
        status, headers = refusal.status, (*headers, *refusal.headers)
    return Reply(status, headers, body)


def is_refusal(reply: Reply) -> bool:
    """Every refusal has a status of HTTP that says so."""
    return reply.status >= 400


def read_refusal(reply: Reply) -> Refusal | None:
    """The refusal in an answer, of whichever endpoint."""
    try:
        answer = decode(ErrorResponse, reply.body)
    except DecodeError:
        return None
    if answer.version != MIMI10 or answer.response_type is not ResponseType.error:
        return None
    return _refusal(answer.error, reply)


REFUSALS = Refusals(refuse, is_refusal, read_refusal)
"""The same at all endpoints, and where none was found."""


def succeed(response: Any) -> Reply:
    """The answer that carries a response struct."""
    return Reply(200, (("content-type", OCTETS),), encode(response))


_LARGE = 4096
"""Octets of an answer that is worth to be remembered: one that has a ratchet tree."""
_SMALL = 64
"""Octets of an answer that says hardly more than that all is well, as nearly all answers do."""
_ANSWERS: Remembered[Any] = Remembered(4)
"""Of large answers, what their octets encode: everybody who joins by the same commit gets the same tree."""


def _decoded(response: type, body: bytes, most_values: int) -> Any:
    given = (response, body, most_values)
    if len(body) <= _SMALL:
        return _decode_small(*given)
    return decode(*given) if len(body) < _LARGE else _ANSWERS.of(decode, *given)


_decode_small = remembered(decode)


def read_body(response: type, reply: Reply, most_values: int = MOST_VALUES) -> Any:
    """The success arm of a peer's answer, which should be a `response` struct of at most so many values.

    Raises the Refusal that an error arm carries, and BadAnswer for what is neither.
    """
    try:
        answer: Any = _decoded(response, reply.body, most_values)
    except DecodeError as error:
        why = f"HTTP {reply.status}, and the body is no {response.__name__}: {error}"
        rules.refuse(answers.DECODES, why, error, retry_after=_retry_after(reply))
    words = f"the answer is of protocol version {answer.version}, the question was of version {MIMI10}"
    rules.check(answers.VERSION, answer.version == MIMI10, words)
    if isinstance(answer.body, MIMIError):
        raise _refusal(answer.body, reply)
    words = f"HTTP {reply.status}, but the {response.__name__} is none of an error"
    rules.check(answers.STATUS, reply.status == 200, words)
    return answer.body


def delta_seconds(text: str) -> int | None:
    """A number of seconds in a header, at most 2^31 (RFC 9111 1.2.2); None if it is none."""
    if not text.isascii() or not text.isdigit():
        return None
    return 2**31 if len(text) > 10 else min(int(text), 2**31)


def _refusal(error: MIMIError, reply: Reply) -> ReceivedRefusal:
    return ReceivedRefusal(
        CODES[error.code.name],
        printable(error.description, LONGEST_DESCRIPTION),
        current_epoch=error.current_epoch,
        retry_after=_retry_after(reply),
    )


def _retry_after(reply: Reply) -> int | None:
    return delta_seconds(reply.header("retry-after") or "")
