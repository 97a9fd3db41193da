"""What is not as it should be between those who take part, whatever a scenario expects."""

from collections.abc import Iterable

from simulator.dataclass import dataclass
from simulator.scenario.step import Unmet


@dataclass(frozen=True, slots=True)
class Odd:
    """One thing that should be otherwise."""

    who: str
    """The client at which it shows, by URI."""
    expected: str
    happened: str
    by: tuple[str, ...] = ()
    """The clients whose messages it is about, where it is about messages."""


def raise_first(odds: Iterable[Odd]) -> None:
    """Raise Unmet with the first, if there is one."""
    for odd in odds:
        raise Unmet(odd.expected, odd.happened)
