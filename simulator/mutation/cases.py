"""A case: a seed, what is altered in it, and how much is signed again. Each target says what its seeds are."""

from dataclasses import replace
from typing import Any, Protocol

from simulator.dataclass import dataclass
from simulator.mutation.edits import Cut, Edit
from simulator.mutation.randomness import Random

Shot = dict[str, Any]
"""What is really sent, as JSON: enough to do the same again."""

UNSIGNED, ENVELOPE, ALL = range(3)
"""What is signed again: nothing, the outermost, everything inside too."""


@dataclass(frozen=True)
class Case:
    """Edits are made to the struct, then it is signed, then cuts are made to its bytes."""

    name: str
    seed: Any
    edits: tuple[Edit, ...] = ()
    cuts: tuple[Cut, ...] = ()
    signing: int = UNSIGNED

    @property
    def altered(self) -> str:
        """What is altered, in words."""
        return "; ".join(str(part) for part in (*self.edits, *self.cuts)) or "nothing"

    def smaller(self) -> list["Case"]:
        """The same with one alteration less."""
        edits = [replace(self, edits=self.edits[:i] + self.edits[i + 1 :]) for i in range(len(self.edits))]
        cuts = [replace(self, cuts=self.cuts[:i] + self.cuts[i + 1 :]) for i in range(len(self.cuts))]
        return edits + cuts


class Target(Protocol):
    """Something to shoot at."""

    name: str

    def case(self, rng: Random) -> Case:
        """Some case."""
        ...

    def shot(self, case: Case) -> Shot:
        """What to send for it; the same each time."""
        ...

    def place(self, case: Case) -> str:
        """Where it hits, for the summary."""
        ...

    async def fire(self, shot: Shot) -> str:
        """Send it, and say in a word or two what came of it. Whatever this raises is a finding."""
        ...
