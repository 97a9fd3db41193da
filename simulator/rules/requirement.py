"""What a document demands, as a statement with an ID: a prohibition, a duty, or nothing that a scenario can show."""

from dataclasses import field, replace
from enum import StrEnum

from simulator.dataclass import dataclass
from simulator.rules.evidence import Evidence


class Nature(StrEnum):
    """What sort of statement a requirement is."""

    prohibition = "prohibition"
    """Something is forbidden: somebody refuses it, by a rule, or a library below us does."""
    duty = "duty"
    """Something is to be done: there is evidence of it."""


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
    nature: Nature = Nature.prohibition
    shown_by: tuple[Evidence, ...] = field(default=(), repr=False)
    """Each shows it: of a duty that it is done; of a prohibition that somebody refuses what it forbids, where that is
    not a rule of this requirement's own."""


def prohibition(name: str, text: str, *shown_by: Evidence) -> Requirement:
    """Something is forbidden. A rule says who refuses it, or the evidence does."""
    return Requirement(name, "", "", text, nature=Nature.prohibition, shown_by=shown_by)


def duty(name: str, text: str, *shown_by: Evidence) -> Requirement:
    """Something is to be done; any of the evidence shows it."""
    return Requirement(name, "", "", text, nature=Nature.duty, shown_by=shown_by)


def excused(name: str, text: str, reason: str) -> Requirement:
    """Something that no scenario can show."""
    return Requirement(name, "", "", text, reason)


def section(source: str, title: str, *rows: Requirement) -> tuple[Requirement, ...]:
    """The requirements of one section of a document."""
    return tuple(replace(row, source=source, section=title) for row in rows)
