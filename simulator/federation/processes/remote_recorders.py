"""The recorders of other processes, for the one that all is merged in."""

from collections.abc import Sequence

from simulator.federation.processes.messages import SHARE
from simulator.federation.processes.process import Process
from simulator.machine import MachineFailure
from simulator.trace import Recorded, Recorder


class RemoteRecorders:
    """Fetches what they have got, and tells them which step is running. One that is gone has nothing more."""

    def __init__(self, processes: Sequence[Process], recorder: Recorder) -> None:
        self._processes = processes
        self._recorder = recorder

    def entered(self, step: str | None, number: int) -> None:
        """A step begins."""
        for process in self._processes:
            process.tell((SHARE, ""), ("enter",), (step, number))

    def recorded(self) -> list[Recorded]:
        """What they have recorded since the last time."""
        found: list[Recorded] = []
        for process in self._processes:
            if not process.is_gone:
                try:
                    found.append(process.look((SHARE, ""), ("recorded",), ()))
                except MachineFailure:
                    continue  # who needs to know is told
        return found
