"""What a provider grants each of its users of the budget that it has with an issuer: fairness among them is its own."""

from simulator.dataclass import dataclass
from simulator.privacy_pass.redemption_context import window
from simulator.rules import check
from simulator.services.refusal import Code, rule

GRANTED = rule("PP-CHALLENGE-9", Code.rate_limited, None)


@dataclass(frozen=True, slots=True)
class Allowance:
    """So many tokens for each user and origin in a `period` (seconds)."""

    tokens: int
    period: int


def check_allowance(allowance: Allowance, used: int, now: int) -> None:
    """Whether a user who has `used` that many in the window of `now` (Unix seconds) may have another one.

    Raises Refusal rate_limited, with the seconds until the next window.
    """
    wait = window(allowance.period, now).end - now
    words = f"{used} tokens were used for this user in this window; try again in {wait} s"
    check(GRANTED, used < allowance.tokens, words, retry_after=wait)
