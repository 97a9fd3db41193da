"""Which challenges are not followed."""

from enum import StrEnum
from typing import Any

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import ProtocolEvent


class Why(StrEnum):
    """By which rule."""

    malformed = "malformed"
    """It can't be read, or its issuer's directory can't."""
    unsupported_type = "unsupported_type"
    """It is for another type of token."""
    foreign_origin = "foreign_origin"
    """It is for another origin than the one that was asked, or for nobody."""
    unknown_issuer = "unknown_issuer"
    """Its issuer is neither the origin's provider nor trusted."""
    key_not_listed = "key_not_listed"
    """Its key is not in the issuer's directory."""
    one_challenge = "one_challenge"
    """The origin has shown another one, which is not over."""
    restless_keys = "restless_keys"
    """The issuer's keys change too often."""
    too_large = "too_large"
    """The issuer's directory is too large."""
    foreign_url = "foreign_url"
    """The issuer wants to be asked at somebody else's."""
    invalid_key = "invalid_key"
    """The issuer's key is none of its type of token."""
    invalid_signature = "invalid_signature"
    """What the issuer has answered makes no token."""
    crowd = "crowd"
    """Too few users have got a token for it."""


class ChallengeIgnored(Expectation, frozen=True, kw_only=True, tag="challenge_ignored"):
    """A provider has not followed a challenge of Privacy Pass, by this rule: during the step that this stands under, or
    at any time where it stands alone.
    """

    by: ProviderRef
    rule: Why

    def before(self, context: Context) -> int:
        """How many events there had been."""
        return len(context.session.recorder.events)

    def check(self, context: Context, before: int | None) -> None:
        """Look for the event."""
        events: list[Any] = [*context.session.recorder.events][before or 0 :]
        found = [
            event.details.get("rule")
            for event in events
            if isinstance(event, ProtocolEvent) and event.kind == "ChallengeIgnored" and event.actor == self.by
        ]
        if self.rule.value not in found:
            others = ", ".join(str(each) for each in dict.fromkeys(found)) or "none"
            raise Unmet(f"{self.by} to ignore a challenge ({self.rule.value})", f"ignored were: {others}")
