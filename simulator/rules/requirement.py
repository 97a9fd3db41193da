"""What a document demands, as a statement with an ID."""

from dataclasses import dataclass


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
