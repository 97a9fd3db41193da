"""How many tokens an issuer issues: so many in a window of time, to a provider or to each of its users."""

import hashlib
from typing import TYPE_CHECKING

from simulator.dataclass import dataclass
from simulator.privacy_pass.directory import Budget, Per
from simulator.privacy_pass.redemption_context import window
from simulator.rules import check
from simulator.services.refusal import Code, rule
from simulator.storage import IssuedToken, Tally

if TYPE_CHECKING:
    from simulator.privacy_pass.message_signature import Attestation

SPENT = rule("PP-BUDGET-1", Code.rate_limited, None)
MOST = rule("PP-BUDGET-1", Code.rate_limited, None, part="MOST")


@dataclass(frozen=True, slots=True)
class IssuerBudget:
    """`tokens` in a `period` (seconds), `per` provider or user."""

    per: Per
    tokens: int
    period: int
    most: int | None = None
    """For one provider, where users have a budget each: it may have invented them."""

    @property
    def published(self) -> Budget:
        """What the directory says of it."""
        return Budget(self.per, self.tokens, self.period)


def issued_token(attestation: "Attestation", blinded_message: bytes, budget: IssuerBudget, now: int) -> IssuedToken:
    """What is to be remembered if this is issued (`now` in Unix seconds)."""
    number = window(budget.period, now).number
    holder = attestation.holder or b""
    return IssuedToken(number, attestation.provider, holder, hashlib.sha256(blinded_message).digest())


def check_budget(budget: IssuerBudget, tally: Tally, now: int) -> None:
    """Whether one more token may be issued; a request that is repeated is free, because its answer may be lost.

    Raises Refusal rate_limited, with the seconds until the next window.
    """
    if tally.repeated:
        return
    wait = window(budget.period, now).end - now
    taken = tally.to_holder if budget.per is Per.user else tally.to_provider
    words = f"{taken} tokens were issued in this window, and the budget has {budget.tokens}; try again in {wait} s"
    check(SPENT, taken < budget.tokens, words, retry_after=wait)
    if budget.most is not None:
        words = f"{tally.to_provider} tokens were issued to this provider in this window; try again in {wait} s"
        check(MOST, tally.to_provider < budget.most, words, retry_after=wait)
