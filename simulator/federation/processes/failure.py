"""An exception on its way to another process: its class and what it holds, since not each can be pickled as it is."""

import traceback
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from simulator.dataclass import dataclass
from simulator.errors import SimulatorError
from simulator.machine import MachineFailure


class FaultElsewhere(Exception):
    """A fault of the simulator in another process: its traceback as text."""


@dataclass(frozen=True, slots=True)
class Failure:
    """What was raised."""

    kind: type[Exception]
    arguments: tuple[Any, ...]
    state: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @classmethod
    def of(cls, error: Exception) -> "Failure":
        """What is expected to be raised keeps its class; a bug of ours is its traceback, which only text can carry."""
        if isinstance(error, SimulatorError | MachineFailure):
            return cls(type(error), error.args, vars(error))
        text = "".join(traceback.format_exception(error)).rstrip()
        return cls(FaultElsewhere, (f"{type(error).__name__}: {error}\n{text}",))

    def error(self) -> Exception:
        """The same exception, to be raised here."""
        error = self.kind.__new__(self.kind, *self.arguments)
        error.args = self.arguments
        vars(error).update(self.state)
        return error
