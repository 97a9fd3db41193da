"""What was seen of one attack."""

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from simulator.dataclass import dataclass
from simulator.scenario.entry import Entry
from simulator.trace import Event


class End(StrEnum):
    """What came of an attack, the worst last."""

    unsupported = "unsupported"
    """It means nothing in the draft, or can't be done here."""
    blocked = "blocked"
    """It was refused or ignored, and nothing is another way at anybody honest."""
    visible = "visible"
    """It has an effect, and somebody honest notices that something is wrong."""
    succeeds = "succeeds"
    """It has an effect, and nobody notices."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One step in which somebody misbehaves, and what came of it."""

    number: int
    """The step's, from 1."""
    label: str
    line: int
    end: End
    why: str
    """In a sentence: who refused it and how, what has changed, who notices, why it can't be done."""
    rules: tuple[str, ...] = ()
    """By which it is refused, or noticed: IDs of the draft's rules, the nearest first."""
    answers: tuple[str, ...] = ()
    """With which HTTP status and code it was refused: `403 wrong_recipient`."""
    noticed_by: tuple[str, ...] = ()
    """Who has noticed something."""
    note: str = ""
    """What the author says of the step."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was recorded of an attack, before anybody judges it: in its step, and from there up to the next attack."""

    number: int
    entry: Entry
    honest: frozenset[str]
    """Who does not misbehave in it: providers by name, clients by URI."""
    gains: tuple[str, ...]
    """What clients have got that attackers have made up."""
    seen_by: tuple[str, ...]
    """The honest clients that see such a client among the members of a group."""
    is_mixed: bool
    """Whether honest parties are told to do something in the step, too: then not all that is done is the attacker's."""
    undone: int | None
    """The line of the first step before it that could not be done: what it leads to need not be as its author meant."""
    failure: str
    """How the step ended where it did not work out."""
    impossible: str | None
    """Why it could not be done at all."""
    changed: Mapping[str, tuple[str, ...]]
    """By honest provider, the tables of its store that are another way after the step."""
    odds: tuple[str, ...]
    """What is wrong at honest clients at the end of all, and was not before the step."""
    during: tuple[Event, ...] = field(repr=False)
    """What happened in the step."""
    after: tuple[Event, ...] = field(repr=False)
    """What happened from there on."""
    failures: tuple[str, ...]
    """How honest steps ended that followed and did not work out."""
    broken: tuple[str, ...]
    """The IDs of the rules by which somebody refused something in the step."""
