"""A task, and what came of it: both can be pickled, so that they travel between processes and machines."""

from collections.abc import Callable
from typing import Any

from simulator.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """A function and what it is given."""

    key: str
    """Its name: of its own among all tasks of one run."""
    function: str | Callable[[Any], Any]
    """A module's own function, `async` or not, or `module:name`, so that the module is imported only where it runs."""
    payload: Any = None
    """Its argument: whatever can be pickled."""
    attempts: int = 2
    """How often it begins at most, where workers die that run it."""

    @property
    def name(self) -> str:
        """The function as `module:name`."""
        if isinstance(self.function, str):
            return self.function
        return f"{self.function.__module__}:{self.function.__qualname__}"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task has no value."""

    message: str
    """A sentence for people: what its function raised, or what became of its workers."""
    traceback: str = ""
    """As text, where its function raised something that is not meant for people."""
    died: bool = False
    """Whether its workers died of it, as far as anybody can tell."""


def not_sent(error: Exception) -> Failure:
    """Of a task, or of what came of it, that can't be pickled or unpickled."""
    return Failure(f"it can't be sent to another process: {type(error).__name__}: {error}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a task: a value, or a failure, and what that took."""

    key: str
    value: Any = None
    failure: Failure | None = None
    attempts: int = 1
    """How often it began: more than once where a worker died."""
    seconds: float = 0
    """Of the clock, in the last attempt."""
    cpu_seconds: float = 0
    """Of the processor, in the last attempt: all threads of the process that ran it, which does nothing else."""
    peak_memory: int = 0
    """The most bytes that the process had in memory during the last attempt; where the system can't start that figure
    anew (all but Linux), since it began. 0 where nobody knows."""
