"""The shape of a provider's `privacy_pass` in a topology: what it does with tokens."""

from collections.abc import Callable
from typing import Annotated

import msgspec

from simulator.errors import SimulatorError
from simulator.privacy_pass.directory import Per
from simulator.scenario.names import Checked, EndpointRef
from simulator.scenario.scalars import Duration
from simulator.services import names
from simulator.services.limits.policy import DAY
from simulator.services.tokens.allowances import Allowance
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings

Count = Annotated[int, msgspec.Meta(ge=1, le=2**63 - 1)]
Domain = Annotated[str, Checked(names.fqdn)]


class TokenBudget(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="token budget"):
    """So many tokens in each such period."""

    tokens: Count
    period: Duration

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if not self.period.seconds:
            raise SimulatorError('"period" must be longer than nothing')


class Issues(TokenBudget, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="issuer budget"):
    """What an issuer issues in each period, to each provider or to each of its users."""

    per: Per
    most: Count | None = None
    """To one provider, where its users have a budget each: it may have invented them."""


class PrivacyPass(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="privacy pass"):
    """A provider that knows tokens of Privacy Pass: it pays where one is asked for."""

    issues: Issues | None = None
    """As an issuer: how many tokens; nobody gets one if not said."""
    protects: tuple[EndpointRef, ...] = ()
    """As an origin: at which of its endpoints it takes a token."""
    issuer: Domain | None = None
    """The provider whose tokens it takes; its own if not said."""
    window: Duration | None = None
    """How long each of its challenges is the present one; the period of its own budget if not said, else a day."""
    grease: bool = False
    """Whether it sends challenges of reserved types, too."""
    unnamed: bool = False
    """As an asker: whether it leaves out who asks, wherever the draft has a place for that."""
    allowance: TokenBudget | None = None
    """How many tokens each of its users may use at each origin; any number if not said."""
    crowd: Count = 1
    """Among how many users each of its own hides from an issuer that counts them."""
    trusts: tuple[Domain, ...] = ()
    """Whose tokens it gets, beside those that origins issue themselves."""
    careless: bool = False
    """Whether it follows any challenge and takes any key, and hides nobody in a crowd."""

    def __post_init__(self) -> None:
        """Raises SimulatorError."""
        if self.protects and self.issuer is None and self.issues is None:
            raise SimulatorError('"protects" needs an "issuer", or "issues" where the tokens are its own')
        if self.window is not None and not self.window.seconds:
            raise SimulatorError('"window" must be longer than nothing')

    def settings(self, endpoint: Callable[[str], str]) -> TokenSettings:
        """The same for a federation; `endpoint` says what the words for endpoints stand for."""
        own = DAY if self.issues is None else self.issues.period.seconds
        issues, allowance = self.issues, self.allowance
        return TokenSettings(
            None if issues is None else IssuerBudget(issues.per, issues.tokens, issues.period.seconds, issues.most),
            frozenset(map(endpoint, self.protects)),
            self.issuer,
            own if self.window is None else self.window.seconds,
            self.grease,
            self.unnamed,
            None if allowance is None else Allowance(allowance.tokens, allowance.period.seconds),
            1 if self.careless else self.crowd,
            frozenset(self.trusts),
        )

    @property
    def waived(self) -> tuple[str, ...]:
        """The IDs of the rules that a careless asker does not keep."""
        if not self.careless:
            return ()
        from simulator.services.tokens.careless import CARELESS

        return CARELESS
