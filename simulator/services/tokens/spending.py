"""Each token pays for one request. The same request again gets the answer that it got, and nothing is done."""

import hashlib
from dataclasses import replace

from simulator.privacy_pass.redemption_context import window
from simulator.rules import check
from simulator.services.refusal import rule
from simulator.services.tokens.refusals import TOKEN_SPENT
from simulator.storage import KeptAnswer, SpentToken

OTHER_REQUEST = rule("PP-SPEND-3", TOKEN_SPENT, None)


def request_digest(path: str, body: bytes) -> bytes:
    """What a request is known by."""
    return hashlib.sha256(path.encode() + b"\0" + body).digest()


def kept_answer(row: SpentToken | None, request: bytes) -> KeptAnswer | None:
    """The answer to a request (digest) with a token of which `row` is remembered, if it was answered before.

    None where it has to be done: the token is new, or nothing came of it the last time. Raises Refusal token_spent.
    """
    if row is None:
        return None
    same = row.request == request
    return row.answer if check(OTHER_REQUEST, same, "the token was presented with another request") else None


def spent(nonce: bytes, request: bytes, period: int, now: int) -> SpentToken:
    """What to remember before a request is done, whatever becomes of it (`now` in Unix seconds)."""
    return SpentToken(nonce, request, window(period, now).number)


def settles(status: int) -> bool:
    """Whether an answer is the one for good, a refusal too; after others the same token pays for another attempt."""
    return status < 500 and status != 429


def answered(row: SpentToken, status: int, body: bytes) -> SpentToken:
    """What to remember of an answer, in the transaction of what was done."""
    return replace(row, answer=KeptAnswer(status, body)) if settles(status) else row


def first_window(period: int, now: int) -> int:
    """The window from which on tokens are remembered: those of earlier ones have challenges that are not taken."""
    return window(period, now).number - 1
