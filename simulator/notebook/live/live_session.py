"""Where everything in a live federation happens: acts that are steps of its record, and looks that are not."""

import time
import weakref
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError
from contextlib import AbstractAsyncContextManager
from typing import TypeVar

from simulator.drafts.draft import Draft
from simulator.errors import SimulatorError
from simulator.federation import Session
from simulator.notebook.errors import saying
from simulator.notebook.live.background import Background, Forked
from simulator.notebook.live.cell_steps import CellSteps
from simulator.scenario.running.context import Context
from simulator.trace import End, Recorder, StepBegan, StepEnded

R = TypeVar("R")


class NotRunning(SimulatorError):
    """The federation has not been started, or was stopped."""


class LiveSession:
    """A session in the background, the names that cells gave in it, and the record of what was done."""

    def __init__(self, draft: Draft, opening: Callable[[Recorder], AbstractAsyncContextManager[Session]]) -> None:
        self.draft = draft
        self.recorder = Recorder()
        self._opening = opening
        self._background: Background[Session] | None = None
        self._cell_steps: CellSteps | None = None
        self._steps = 0
        self._faults = 0
        self._began = 0.0
        self.run = 0
        """How often it has been started: what a run made is nothing in another."""

    @property
    def running(self) -> bool:
        """Whether there is a federation."""
        return self._background is not None and self._background.running

    @property
    def cell_steps(self) -> CellSteps:
        """The names that cells gave. Raises Refused where there is no federation."""
        with saying():
            if self._cell_steps is None:
                raise _not_started()
            return self._cell_steps

    def open(self) -> None:
        """Start it, with a record of its own; nothing if there is one. Raises Refused, and what else goes wrong."""
        if self.running:
            return
        recorder, opening = Recorder(), self._opening
        recorder.enter("start")
        self._background = Background(lambda: opening(recorder))
        # Whoever holds a part of the federation holds this, the other thread does not: it ends with the last of them.
        weakref.finalize(self, self._background.stop)
        with saying("starting the federation"):
            try:
                session = self._background.start()
            except BaseException:
                self._background = None
                raise
        self.recorder, self._cell_steps = recorder, CellSteps(Context(session))
        self._steps = self._faults = 0
        self.run += 1
        self._began = time.time()

    def close(self) -> None:
        """End it, and with it the record. Nothing if it has not begun, or has ended."""
        if self._background is not None and self._background.running:
            self._background.stop()
            self.recorder.enter(None)
            now = time.time()
            self.recorder.add(End(started=now, result="passed", seconds=now - self._began))

    def act(self, label: str, doing: Callable[[Session], Awaitable[R]], *, attack: bool = False, note: str = "") -> R:
        """Do something and let it settle: a step of the record. Raises Refused, and a fault of the simulator's own.

        Interrupted, it ends at once, and the federation goes on: who asked for something then does not know whether it
        was carried out, as after a lost answer.
        """

        async def carry_out(session: Session) -> R:
            self._steps += 1
            recorder = self.recorder
            recorder.enter(f"{self._steps} {label}", self._steps)
            began, ending = time.time(), ("failed", "interrupted")
            recorder.add(StepBegan(started=began, line=0, attack=attack, note=note))
            try:
                result = await doing(session)
                await session.settle()
                ending = ("passed", "")
            except SimulatorError as error:
                ending = ("failed", str(error))
                await session.settle()
                raise
            except Exception as error:
                ending = ("fault", f"{type(error).__name__}: {error}")
                raise
            finally:
                now = time.time()
                word, message = ending
                recorder.add(StepEnded(started=now, line=0, result=word, message=message, seconds=now - began))
            told, self._faults = self._faults, len(session.faults)
            for fault in session.faults[told:]:
                raise fault
            return result

        return self._call(label, carry_out)

    def look(self, looking: Callable[[Session], R]) -> R:
        """Something that is so at the moment. Raises Refused."""

        async def carry_out(session: Session) -> R:
            return looking(session)

        return self._call("", carry_out)

    def _call(self, label: str, function: Callable[[Session], Awaitable[R]]) -> R:
        with saying(label):
            if self._background is None:
                raise _not_started()
            try:
                return self._background.call(function)
            except CancelledError:
                raise NotRunning("the federation was stopped: start() begins another") from None
            except Forked:
                said = "the federation runs in the process from which this one was forked: start another here"
                raise NotRunning(said) from None


def _not_started() -> NotRunning:
    return NotRunning("the federation is not running: start() it")
