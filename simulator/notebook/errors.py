"""What a cell shows when something is refused or wrong: a sentence, no traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from simulator.errors import SimulatorError
from simulator.extras import need
from simulator.machine import MachineFailure, machine_failure
from simulator.printable import printable_lines


class Refused(SimulatorError):
    """What was asked for did not work out; `cause` is the simulator's own exception, such as a provider's Refusal."""

    def __init__(self, doing: str, cause: SimulatorError | MachineFailure) -> None:
        super().__init__(printable_lines(f"{doing}: {cause}" if doing else str(cause)))
        self.cause = cause

    def _render_traceback_(self) -> list[str]:
        """What IPython shows in place of a traceback, which would only tell of our own code."""
        return [f"Refused: {self}"]


@contextmanager
def saying(doing: str = "", *, needs: str | None = None) -> Iterator[None]:
    """Whatever goes wrong inside is raised as Refused, with what was being done, where the error itself does not tell.
    Our own bugs stay what they are. `needs` is a feature of `simulator.extras` that has to be there first. Also a
    decorator.
    """
    try:
        if needs is not None:
            need(needs)
        yield
    except Refused:
        raise
    except SimulatorError as error:
        raise Refused(doing, error) from error
    except Exception as error:
        failure = machine_failure(error, "this machine can't do it")
        if failure is None:
            raise
        raise Refused(doing, failure) from error
