"""The one way in which a provider says no."""

from enum import StrEnum
from typing import Any

from simulator.errors import SimulatorError
from simulator.rules import Rule


class Code(StrEnum):
    """Why a request was refused. Numbers and HTTP statuses belong to the draft."""

    malformed = "malformed"
    unsupported_version = "unsupported_version"
    unsupported_operation = "unsupported_operation"
    wrong_recipient = "wrong_recipient"
    invalid_signature = "invalid_signature"
    unknown_group = "unknown_group"
    not_a_member = "not_a_member"
    not_authorized = "not_authorized"
    wrong_epoch = "wrong_epoch"
    invalid_commit = "invalid_commit"
    invalid_proposal = "invalid_proposal"
    invalid_welcome = "invalid_welcome"
    invalid_group_info = "invalid_group_info"
    invalid_leaf_node = "invalid_leaf_node"
    invalid_group_id = "invalid_group_id"
    unknown_user = "unknown_user"
    key_packages_exhausted = "key_packages_exhausted"
    rate_limited = "rate_limited"
    sender_unverifiable = "sender_unverifiable"
    internal = "internal"


class Refusal(SimulatorError):
    """A request that was turned down; nothing has changed because of it.

    `rule` is the sentence for people and `section` the text it comes from (`RFC 9420 12.2`). The rule is
    written where it is checked; who refused what in which group is added on the way out by `named`.
    A refusal that a peer sent has only `code`, the peer's words as `rule`, and the numbers.
    """

    def __init__(
        self,
        code: Code,
        rule: str,
        section: str | None = None,
        *,
        current_epoch: int | None = None,
        retry_after: int | None = None,
        requirement: str | None = None,
        operation: str | None = None,
        group: str | None = None,
        provider: str | None = None,
    ) -> None:
        super().__init__(rule)
        self.code = code
        self.rule = rule
        self.section = section
        self.current_epoch = current_epoch
        """The epoch the group is at; only with `wrong_epoch`."""
        self.retry_after = retry_after
        """Seconds until the same request may be tried again; only with `rate_limited`."""
        self.requirement = requirement
        """The ID of the requirement that was broken, where the check names one; a peer's refusal never does."""
        self.operation = operation
        self.group = group
        self.provider = provider

    def named(self, operation: str, provider: str, group: str | None = None) -> "Refusal":
        """The same refusal, saying also what was refused, by whom and in which group, where that is not yet said."""
        return self._with(
            operation=self.operation or operation, group=self.group or group, provider=self.provider or provider
        )

    def cited(self, section: str | None, requirement: str | None) -> "Refusal":
        """The same refusal, saying also what demands it, where that is not yet said."""
        return self._with(section=self.section or section, requirement=self.requirement or requirement)

    def _with(self, **changes: object) -> "Refusal":
        other = type(self).__new__(type(self), self.rule)
        vars(other).update(vars(self), **changes)
        return other

    def __str__(self) -> str:
        if self.operation is None:
            return self.rule or self.code
        where = f" in {self.group}" if self.group else ""
        by = f" by {self.provider}" if self.provider else ""
        source = f"{self.code}, {self.section}" if self.section else self.code
        return f"{self.operation}{where} rejected{by}: {self.rule} ({source})"


def rule(requirement: str, code: Code, section: str) -> Rule:
    """The rule whose breach is a Refusal with this code; `section` is the text that demands it.

    A check may give another code or section with its facts.
    """

    def refusal(words: str, **facts: Any) -> Refusal:
        return Refusal(**{"code": code, "rule": words, "section": section, "requirement": requirement, **facts})

    return Rule(requirement, refusal)
