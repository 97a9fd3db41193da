"""What an answer of somebody else's server is: as it should be, in a few words, or wrong in one way of several.

Each way is an exception of its own, so that findings of different kinds stay apart.
"""

from simulator.drafts.requests.endpoint import BadAnswer, HTTPEndpoint, Reply
from simulator.services.refusal import Code, Refusal

BUSY = 503
"""What HTTP has for a server that is too busy for a while: that is no failure of its."""
IN_THE_WAY = frozenset({400, 408, 431})
"""Statuses with which whatever stands before a server may refuse a path or a header, in words of its own."""
OF_HTTP = frozenset({404, 405, 406, 411, 413, 414, 415, 417, 421, 426, 429})
"""Statuses that HTTP has of its own: with those no words of the draft are needed."""


class ServerFailed(Exception):
    """It says itself that it has failed."""


class NoAnswer(Exception):
    """It has not answered in time."""


class HungUp(Exception):
    """It has closed the connection instead of answering, twice."""


class OddAnswer(Exception):
    """It has answered something that is neither what the draft has for a success, nor for a refusal."""


class WronglyAccepted(Exception):
    """It has accepted what nobody can read to the end."""


class NotServing(Exception):
    """After a case it does not answer an honest question any more."""


def judged(endpoint: HTTPEndpoint, reply: Reply, asked: str, *, cut_short: bool, body_only: bool) -> str:
    """What an answer comes to, to what was `asked`. `cut_short` says that the request's body ends before it is
    complete, `body_only` that nothing but its body is altered. Raises one of the exceptions above.
    """
    said = f"HTTP {reply.status} to {asked}"
    try:
        endpoint.read(reply)
    except Refusal as refusal:
        if reply.status >= 500 and reply.status != BUSY and not _is_of_the_draft(endpoint, refusal.code, reply.status):
            raise ServerFailed(f"{said}, {refusal.code}: {refusal.rule}") from None
        return f"{reply.status} {'refused: ' * (reply.status < 300)}{refusal.code}"
    except BadAnswer as error:
        return _unread(said, reply, error, body_only=body_only)
    if cut_short:
        raise WronglyAccepted(f"{said}, though the body of the request was cut short")
    return str(reply.status)


def _is_of_the_draft(endpoint: HTTPEndpoint, code: Code, status: int) -> bool:
    """Whether the draft has this status for a refusal with this code, which is none of the server's own failures."""
    return code != Code.internal and endpoint.refusals.write(Refusal(code, "")).status == status


def _unread(said: str, reply: Reply, error: BadAnswer, *, body_only: bool) -> str:
    """Of an answer that says nothing in the draft's words."""
    if reply.status >= 500 and reply.status != BUSY:
        raise ServerFailed(said) from None
    redirects = 300 <= reply.status < 400
    if redirects or reply.status in OF_HTTP | {BUSY} or (reply.status in IN_THE_WAY and not body_only):
        return f"{reply.status} in HTTP's words"
    raise OddAnswer(f"{said}: {error}") from None
