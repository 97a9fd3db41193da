"""Refusals: a struct of their own with HTTP status 200 (PROTOCOL.md section 4)."""

from simulator.codec import DecodeError, decode, encode
from simulator.drafts.requests.endpoint import HTTPRefusal, Refusals, Reply
from simulator.printable import printable
from simulator.services.refusal import COMMON, Code, ReceivedRefusal, Refusal

from .messages import KeysRefused, KeysResponse

OCTETS = "application/octet-stream"
UNREACHABLE = Code("unreachable")
"""A provider that would have to be asked gave no answer."""
CODES = (*COMMON, UNREACHABLE)


def write(refusal: Refusal) -> Reply:
    """The answer that carries a refusal."""
    status, headers = (refusal.status, refusal.headers) if isinstance(refusal, HTTPRefusal) else (200, ())
    status = 500 if refusal.code is Code.internal else status
    body = encode(KeysResponse(KeysRefused(str(refusal.code), str(refusal))))
    return Reply(status, (("content-type", OCTETS), *headers), body)


def is_refusal(reply: Reply) -> bool:
    """By the struct, or by a status that says so without one."""
    return reply.status >= 400 or read(reply) is not None


def read(reply: Reply) -> Refusal | None:
    """The refusal in an answer, if it is one that can be read."""
    try:
        result = decode(KeysResponse, reply.body).result
    except DecodeError:
        return None
    if not isinstance(result, KeysRefused):
        return None
    return ReceivedRefusal(Code(printable(result.code, 100)), printable(result.words, 1000))


REFUSALS = Refusals(write, is_refusal, read)
