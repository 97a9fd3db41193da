"""The one way in which a provider says no."""

from typing import Any, ClassVar

from simulator.errors import SimulatorError
from simulator.rules import Rule

OURS = "services"
"""The source of rules that no document states: what a provider of ours demands of its own clients and of others."""


class Code(str):
    """Why a request was refused, in a word. Those that any draft may use are attributes of the class; a draft may have
    more. Numbers and HTTP statuses belong to the draft.
    """

    final: bool
    """Whether the same request gets it every time, so that there is no use in trying again."""

    malformed: ClassVar["Code"]
    unsupported_version: ClassVar["Code"]
    unsupported_operation: ClassVar["Code"]
    wrong_recipient: ClassVar["Code"]
    invalid_signature: ClassVar["Code"]
    unknown_group: ClassVar["Code"]
    not_a_member: ClassVar["Code"]
    not_authorized: ClassVar["Code"]
    wrong_epoch: ClassVar["Code"]
    invalid_commit: ClassVar["Code"]
    invalid_proposal: ClassVar["Code"]
    invalid_welcome: ClassVar["Code"]
    invalid_group_info: ClassVar["Code"]
    invalid_leaf_node: ClassVar["Code"]
    invalid_group_id: ClassVar["Code"]
    unknown_user: ClassVar["Code"]
    key_packages_exhausted: ClassVar["Code"]
    rate_limited: ClassVar["Code"]
    sender_unverifiable: ClassVar["Code"]
    internal: ClassVar["Code"]

    def __new__(cls, word: str, *, final: bool = False) -> "Code":
        """A code is equal to its word."""
        code = super().__new__(cls, word)
        code.final = final
        return code


Code.malformed = Code("malformed", final=True)
Code.unsupported_version = Code("unsupported_version", final=True)
Code.unsupported_operation = Code("unsupported_operation", final=True)
Code.wrong_recipient = Code("wrong_recipient")
Code.invalid_signature = Code("invalid_signature")
Code.unknown_group = Code("unknown_group")
Code.not_a_member = Code("not_a_member")
Code.not_authorized = Code("not_authorized", final=True)
Code.wrong_epoch = Code("wrong_epoch")
Code.invalid_commit = Code("invalid_commit")
Code.invalid_proposal = Code("invalid_proposal")
Code.invalid_welcome = Code("invalid_welcome")
Code.invalid_group_info = Code("invalid_group_info")
Code.invalid_leaf_node = Code("invalid_leaf_node")
Code.invalid_group_id = Code("invalid_group_id")
Code.unknown_user = Code("unknown_user")
Code.key_packages_exhausted = Code("key_packages_exhausted")
Code.rate_limited = Code("rate_limited")
Code.sender_unverifiable = Code("sender_unverifiable")
Code.internal = Code("internal")

COMMON = (
    Code.malformed,
    Code.unsupported_version,
    Code.unsupported_operation,
    Code.wrong_recipient,
    Code.invalid_signature,
    Code.unknown_group,
    Code.not_a_member,
    Code.not_authorized,
    Code.wrong_epoch,
    Code.invalid_commit,
    Code.invalid_proposal,
    Code.invalid_welcome,
    Code.invalid_group_info,
    Code.invalid_leaf_node,
    Code.invalid_group_id,
    Code.unknown_user,
    Code.key_packages_exhausted,
    Code.rate_limited,
    Code.sender_unverifiable,
    Code.internal,
)
"""The codes that any draft may use."""


class Refusal(SimulatorError):
    """A request that was turned down; nothing has changed because of it.

    `rule` is the sentence for people and `section` the text it comes from (`RFC 9420 12.2`). The rule is
    written where it is checked; who refused what in which group is added on the way out by `named`.
    """

    def __init__(
        self,
        code: Code,
        rule: str,
        section: str | None = None,
        *,
        current_epoch: int | None = None,
        retry_after: int | None = None,
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
        self.operation = operation
        self.group = group
        self.provider = provider
        self.http: int | None = None
        """The HTTP status with which the endpoint that was asked answers it; None where that is not known."""

    def named(self, operation: str, provider: str, group: str | None = None) -> "Refusal":
        """The same refusal, saying also what was refused, by whom and in which group, where that is not yet said."""
        return self._with(
            operation=self.operation or operation, group=self.group or group, provider=self.provider or provider
        )

    def cited(self, section: str | None) -> "Refusal":
        """The same refusal, saying also which text demands it, where that is not yet said."""
        return self._with(section=self.section or section)

    def answered(self, http: int) -> "Refusal":
        """The same refusal, saying also with which HTTP status it is answered."""
        return self._with(http=http)

    def _with(self, **changes: object) -> "Refusal":
        other = type(self).__new__(type(self), self.rule)
        vars(other).update(vars(self), **changes)
        return other

    def __str__(self) -> str:
        if self.operation is None:
            return self.rule or str(self.code)
        where = f" in {self.group}" if self.group else ""
        by = f" by {self.provider}" if self.provider else ""
        source = f"{self.code}, {self.section}" if self.section else self.code
        return f"{self.operation}{where} rejected{by}: {self.rule} ({source})"


class ReceivedRefusal(Refusal):
    """A refusal that a peer sent: its code, its words as `rule`, and the numbers. No rule of ours is broken."""


def rule(
    requirement: str,
    code: Code,
    section: str | None,
    *,
    part: str = "",
    essential: str | None = None,
    text: str = "",
    where: str = "",
) -> Rule:
    """The rule whose breach is a Refusal with this code; `section` is the text that demands it, `part` and `essential`
    are as in `Rule`. A rule of no draft says what it demands in a `text`, and `where` that belongs.

    A check may give another code or section with its facts.
    """

    def refusal(words: str, **facts: Any) -> Refusal:
        return Refusal(**{"code": code, "rule": words, "section": section, **facts})

    return Rule(requirement, refusal, part, essential, text, OURS if text else "", where)
