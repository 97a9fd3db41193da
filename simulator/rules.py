"""What a rule is: a requirement of some document, and the one way to refuse what breaks it.

`Requirement` is the statement with its ID, `Rule` the same ID with the error that a check of it raises. Each package
declares the rules that it checks; what a document demands, its requirements, is listed where the document is known.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, NoReturn


@dataclass(frozen=True, slots=True)
class Requirement:
    """A normative statement: a MUST, a validation bullet, an endpoint, or a rule of a profile."""

    id: str
    """Stable and readable: `ADD-USERS-VALIDATION-3`."""
    source: str
    """Which document says so, abbreviated as the draft likes: `T`, `profile`."""
    section: str
    """Under which heading."""
    text: str
    """The statement in our own words, on one line."""
    reason: str | None = None
    """Why no scenario can show it; None for what a scenario has to."""


def section(source: str, title: str, *rows: tuple[str, str] | tuple[str, str, str]) -> tuple[Requirement, ...]:
    """The requirements of one section: each row is ID and text, and the reason where no scenario can show it."""
    return tuple(Requirement(row[0], source, title, *row[1:]) for row in rows)


@dataclass(frozen=True, slots=True)
class Rule:
    """A check of a requirement; several checks may be of one."""

    requirement: str
    """The ID of the requirement."""
    error: Callable[..., Exception] = field(repr=False)
    """What is raised: made of a sentence for people and, by keyword, facts that its kind of error knows."""


def check(rule: Rule, holds: bool, words: str, **facts: Any) -> None:
    """Refuse, in these words, unless the rule holds. Raises the rule's error."""
    if not holds:
        refuse(rule, words, **facts)


def refuse(rule: Rule, words: str, cause: Exception | None = None, **facts: Any) -> NoReturn:
    """Refuse where there is nothing to go on with, such as a group that is not there. Raises the rule's error."""
    raise rule.error(words, **facts) from cause
