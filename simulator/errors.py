"""Errors meant for people. Whatever is not one of these is the simulator's own fault and looks different."""

from collections.abc import Iterable
from difflib import get_close_matches


class SimulatorError(Exception):
    """Something a user, a scenario or a peer did wrong; its message is shown as it stands, without traceback."""

    rules: tuple[str, ...] = ()
    """The IDs of the rules that were broken, where a check of one raised it: the nearest first, and what it stands for
    in the draft last."""

    @property
    def requirement(self) -> str | None:
        """The ID of the requirement that was broken, where a check names one; a peer's refusal never does."""
        return self.rules[-1] if self.rules else None


class Misuse(SimulatorError):
    """Something that a user, a scenario or a program asks of its own side, and that can't be done.

    It never says that a peer did something wrong: that is refused by a rule (`simulator.rules`).
    """


class SimulatorWarning(UserWarning):
    """Something that a user may not have meant so; its message is shown as it stands, and the work goes on."""


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was probably meant to be, or None where nothing is near."""
    matches = get_close_matches(word, list(choices), n=1, cutoff=0.6)
    return matches[0] if matches else None


def hint(word: str, choices: Iterable[str]) -> str:
    """` (did you mean "x"?)` for the nearest choice, else nothing: to be put behind a message."""
    match = nearest(word, choices)
    return f' (did you mean "{match}"?)' if match else ""
