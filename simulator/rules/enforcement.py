"""Which rules a party keeps: a provider or a client, while it works.

Checks are made deep in the core, by whoever happens to be at work there. Who that is, the party says when it begins,
for its task alone; so nothing in between has to hand it on.
"""

from collections.abc import Callable, Iterable, Iterator, Set
from contextlib import contextmanager
from contextvars import ContextVar

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that something breaks, noticed by the party that checks it."""

    rules: tuple[str, ...]
    """The IDs of what is broken, the nearest first: the rule, and the requirements that it stands for here."""
    words: str
    """The sentence for people."""
    waived: bool
    """Whether the party does not keep the rule, and went on as if nothing were broken."""


class _Everything(Set[str]):
    """All IDs that there are."""

    def __contains__(self, item: object) -> bool:
        return True

    def __iter__(self) -> Iterator[str]:
        raise TypeError("nobody lists all rules")

    def __len__(self) -> int:
        return 1

    def isdisjoint(self, other: Iterable[object]) -> bool:
        return not any(True for _ in other)


def _nobody(breach: Breach) -> None:
    """The one who hears of breaches where nobody wants to."""


@dataclass(frozen=True, slots=True)
class Enforcement:
    """What one party makes of the rules."""

    waived: Set[str] = frozenset()
    """The IDs of rules that it does not keep, and of requirements: then none of their rules."""
    heard: Callable[[Breach], None] = _nobody
    """Told of everything that breaks a rule, before it is refused."""

    def waives(self, ids: tuple[str, ...]) -> bool:
        """Whether one of these is not kept."""
        return not self.waived.isdisjoint(ids) if self.waived else False


KEEPS_NOTHING = Enforcement(_Everything())
"""Somebody who goes on whatever is broken, as long as one can go on at all, and tells nobody."""

_PARTY: ContextVar[Enforcement] = ContextVar("party", default=Enforcement())  # noqa: B039  # it is a value
_SCOPES: ContextVar[tuple[str, ...]] = ContextVar("scopes", default=())


def party() -> Enforcement:
    """Who is at work; somebody who keeps all rules where nobody has said so."""
    return _PARTY.get()


def scopes() -> tuple[str, ...]:
    """For which requirements whatever is checked now stands, the innermost first."""
    return _SCOPES.get()


class enforced_by:  # noqa: N801  # used as a function; a class, since several of them are made for each request
    """What is checked inside of the `with` block, this party checks."""

    __slots__ = ("_enforcement", "_token")

    def __init__(self, enforcement: Enforcement) -> None:
        self._enforcement = enforcement

    def __enter__(self) -> None:
        self._token = _PARTY.set(self._enforcement)

    def __exit__(self, *_: object) -> None:
        _PARTY.reset(self._token)


@contextmanager
def within(*requirements: str) -> Iterator[None]:
    """Rules of no draft that are checked inside stand for these requirements (IDs) of one: what breaks a rule breaks
    them, and whoever does not keep them keeps none of the rules.
    """
    token = _SCOPES.set((*requirements, *_SCOPES.get()))
    try:
        yield
    finally:
        _SCOPES.reset(token)
