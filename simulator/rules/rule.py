"""A check of a requirement, and the one way to refuse what breaks it."""

from collections.abc import Callable
from dataclasses import field
from typing import Any, NoReturn

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.rules.enforcement import Breach, party, scopes


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a requirement. Where one requirement takes several checks, each is a `part` of it."""

    requirement: str
    """The ID of the requirement."""
    error: Callable[..., SimulatorError] = field(repr=False)
    """What is raised: made of a sentence for people and, by keyword, facts that its kind of error knows."""
    part: str = ""
    """What this check is of it, in capitals: `EXTERNAL-COMMIT`; nothing where it is the only one."""
    essential: str | None = None
    """Why nobody can go on without this check, so that it can't be switched off; None where it can be."""
    text: str = field(default="", repr=False)
    """What it demands, on one line, where that is said nowhere else: in the text of a requirement of a draft."""
    source: str = field(default="", repr=False)
    """Which document says so, where no draft lists the requirement: `RFC 9420`."""
    section: str = field(default="", repr=False)
    """Under which heading of it: `7.3`."""

    @property
    def id(self) -> str:
        """The requirement's ID, with the part behind a slash: `P-4-SENDER-INDEX/EXTERNAL-COMMIT`."""
        return f"{self.requirement}/{self.part}" if self.part else self.requirement


def check(rule: Rule, holds: bool, words: str, **facts: Any) -> bool:
    """Refuse, in these words, unless the rule holds. Raises the rule's error.

    Returns whether it holds: it may not, where the party that checks does not keep the rule, which is then told.
    """
    if holds:
        return True
    breach = _breach(rule, words)
    if not breach.waived:
        raise _error(rule, words, breach, None, facts)
    return False


def refuse(rule: Rule, words: str, cause: Exception | None = None, **facts: Any) -> NoReturn:
    """Refuse where there is nothing to go on with, such as a group that is not there, whether or not the rule is kept.
    Raises the rule's error.
    """
    raise _error(rule, words, _breach(rule, words, can_be_waived=False), cause, facts) from cause


def _breach(rule: Rule, words: str, *, can_be_waived: bool = True) -> Breach:
    """What the party is told of."""
    judge = party()
    ids = tuple(dict.fromkeys((rule.id, rule.requirement, *scopes())))
    waived = can_be_waived and rule.essential is None and judge.waives(ids)
    breach = Breach(ids, words, waived)
    judge.heard(breach)
    return breach


def _error(rule: Rule, words: str, breach: Breach, cause: Exception | None, facts: dict[str, Any]) -> SimulatorError:
    error = rule.error(words, **facts)
    nearer = cause.rules if isinstance(cause, SimulatorError) else ()
    error.rules = tuple(dict.fromkeys((*nearer, *breach.rules)))
    return error
