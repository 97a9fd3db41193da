"""One difference between two runs, and what in it is random."""

import re

from simulator.dataclass import dataclass

RANDOM = re.compile(r"[0-9a-f]{16,}")
"""What in a text is made of random bytes: the name of a group."""

RANDOM_BYTES = "bytes"
"""What the difference is called where only bytes differ that a seed makes; `new` is how many byte strings."""

SIZE = "size"
STEPS = "steps"
"""What the difference is called where a run stopped early: how many steps there were, and how many now."""
LONGEST = 200
"""How many characters of a value a difference shows."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. What does not apply is empty."""

    scenario: str
    step: str = ""
    where: str = ""
    """The flow `a.example -> b.example`, or who noticed."""
    message: str = ""
    """The message of the flow, with its place: `handshakes #2 request`, by the endpoint's name."""
    struct: str = ""
    field: str = ""
    """The path in the message, or which fact it is: `status`."""
    old: str = ""
    """Empty for what was added."""
    new: str = ""
    """Empty for what is gone."""

    @property
    def place(self) -> str:
        """Where in the run."""
        return ", ".join(part for part in (self.step and f"step {self.step}", self.where, self.message) if part)

    @property
    def is_random(self) -> bool:
        """Whether it counts bytes that a seed makes; what nobody can decode is a field of that name, too."""
        return self.field == RANDOM_BYTES and not self.struct


ONCE_MORE = "once more, byte for byte: "
"""Begins what is said of a message that was sent again."""

_OFFSET = re.compile(r"\bbyte \d+(: needs \d+ bytes?, \d+ left)?")


def has_offset(text: str) -> bool:
    """Whether a text says at which byte of a body something is wrong."""
    return _OFFSET.search(text) is not None


def without_offsets(text: str) -> str:
    """A text without the numbers of bytes, which another layout moves."""
    return _OFFSET.sub("byte #", text)


def settled(text: str) -> str:
    """A text without what is random in it."""
    return RANDOM.sub("#", text)
