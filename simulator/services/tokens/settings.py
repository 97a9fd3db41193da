"""What one provider does with tokens: issue them, demand them, pay with them."""

from collections.abc import Collection

from simulator.dataclass import dataclass
from simulator.services.limits.policy import DAY
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.budgets import IssuerBudget


@dataclass(frozen=True, slots=True)
class TokenSettings:
    """A provider that knows Privacy Pass. Without more said it pays where a token is asked for, and asks for none."""

    issues: IssuerBudget | None = None
    """As an issuer: how many; None where it issues nothing."""
    protects: Collection[str] = frozenset()
    """As an origin: at which of its endpoints, by name, it takes a token."""
    issuer: str | None = None
    """Whose tokens it takes; None for its own."""
    window: int = DAY
    """How long each of its challenges is the present one, in seconds."""
    grease: bool = False
    """Whether it sends challenges of reserved types, too."""
    unnamed: bool = False
    """As an asker: whether it leaves out who asks, wherever the draft has a place for that, and never says it."""
    allowance: Allowance | None = None
    """What it grants each user; None where that is not bounded."""
    crowd: int = 1
    """Among how many users each of its own hides from an issuer that counts them; 1 hides nobody."""
    trusts: Collection[str] = frozenset()
    """Whose tokens it gets, beside those that origins issue themselves."""
