"""What becomes of a token that was presented with a request."""

from enum import Enum

from simulator.services.tokens.spending import settles
from simulator.storage import Payment

MOST_TOKENS = 2
"""How many tokens one request takes at most: a second one where the first was refused."""


class Outcome(Enum):
    """What to do after an answer."""

    settled = "settled"
    """It is paid: the payment is forgotten."""
    repeat = "repeat"
    """Nothing came of it: the same token pays for the same bytes again."""
    replace = "replace"
    """The token is gone, and another one may pay."""
    refused = "refused"
    """The token is gone, and so was the one before it: the user gets the refusal as it came."""


def outcome(payment: Payment, status: int | None, *, challenged: bool) -> Outcome:
    """What an answer makes of a payment; no answer is None. `challenged` says whether it has a challenge, by which a
    401 about the token is told from one about something else.
    """
    if status is None:
        return Outcome.repeat
    if status == 401 and challenged:
        return Outcome.replace if payment.tokens < MOST_TOKENS else Outcome.refused
    return Outcome.settled if settles(status) else Outcome.repeat
