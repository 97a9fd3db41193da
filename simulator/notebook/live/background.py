"""A trio run beside the notebook: in a thread of its own, because the notebook's thread has an event loop already."""

import os
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import CancelledError, Future, wait
from contextlib import AbstractAsyncContextManager, suppress
from typing import Any, Generic, TypeVar

import trio

T = TypeVar("T")
R = TypeVar("R")

TURN = 0.1
"""Seconds of a wait, before the next begins: where polars handles signals, a thread that waits for a lock hears of no
interrupt before the wait is over.
"""


class Forked(Exception):
    """The thread is in another process: this one was forked from it."""


class Background(Generic[T]):
    """Keeps an async context manager open in a thread, and runs functions on what it yields.

    An interrupt (KeyboardInterrupt) of a waiting call cancels what was called, waits until that has ended, and goes on
    as itself: nothing of the interrupted call is left running.
    """

    def __init__(self, opening: Callable[[], AbstractAsyncContextManager[T]]) -> None:
        self._opening = opening
        self._ready: Future[T] = Future()
        self._scope = trio.CancelScope()
        self._stopped = False
        self._token: trio.lowlevel.TrioToken | None = None
        self._nursery: trio.Nursery | None = None
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="simulator", daemon=True)
        self._process = os.getpid()

    def start(self) -> T:
        """Open it and wait until it is open. Raises what opening raises; then nothing is running."""
        try:
            self._thread.start()
            return _awaited(self._ready)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Close it, and wait until that is done. Nothing if it is closed."""
        if self._forked:
            return
        self._stopped = True  # for a thread that has got no further than its beginning
        if self._token is not None and self._thread.is_alive():
            with suppress(CancelledError):  # the run may be over while its thread is not
                self._soon(self._scope.cancel)
        if threading.current_thread() is not self._thread:  # the garbage collector may call us from there
            self._join()

    @property
    def running(self) -> bool:
        """Whether it is open, and here: a process that was forked has none of the threads."""
        return self._nursery is not None and not self._forked

    @property
    def _forked(self) -> bool:
        return os.getpid() != self._process

    def call(self, function: Callable[[T], Awaitable[R]]) -> R:
        """The result of an async function of what was opened. Raises what it raises; CancelledError after `stop`; and
        what has ended the run, if that was something else; Forked in a process that was forked from this one.
        """
        if self._forked:
            raise Forked
        call = _Call(function, self._ready.result())
        try:
            self._soon(self._begin, call)
            return _awaited(call.result)
        except KeyboardInterrupt:
            with suppress(CancelledError):
                self._soon(call.cancel)
            while not wait([call.result], TURN).done:
                pass
            raise
        except CancelledError:
            self._join()  # the run is ending: why, is known at its end
            if self._failure is not None:
                raise self._failure from None
            raise

    def _join(self) -> None:
        while self._thread.is_alive():
            self._thread.join(TURN)

    def _soon(self, function: Callable[..., Any], *args: Any) -> None:
        if self._token is None:
            raise CancelledError
        try:
            self._token.run_sync_soon(function, *args)
        except trio.RunFinishedError:
            raise CancelledError from None

    def _begin(self, call: "_Call[T, Any]") -> None:
        if self._nursery is None:
            call.cancel()
        else:
            call.begun = True
            self._nursery.start_soon(call.run)

    def _run(self) -> None:
        try:
            trio.run(self._main)
        except BaseException as error:
            self._failure = _innermost(error)
        if not self._ready.done():
            self._ready.set_exception(self._failure or CancelledError())

    async def _main(self) -> None:
        self._token = trio.lowlevel.current_trio_token()
        if self._stopped:
            return
        with self._scope:
            async with self._opening() as opened, trio.open_nursery() as nursery:
                self._nursery = nursery
                self._ready.set_result(opened)
                try:
                    await trio.sleep_forever()
                finally:
                    self._nursery = None


class _Call(Generic[T, R]):
    """A function on its way through the other thread. Only that thread touches it, but for the result."""

    def __init__(self, function: Callable[[T], Awaitable[R]], opened: T) -> None:
        self.begun = False
        self.result: Future[R] = Future()
        self._function = function
        self._opened = opened
        self._scope = trio.CancelScope()

    def cancel(self) -> None:
        """End it, and if it has not begun, let it never begin."""
        self._scope.cancel()
        if not self.begun and not self.result.done():
            self.result.set_exception(CancelledError())

    async def run(self) -> None:
        """Carry it out. Nothing is raised: it all goes to who waits for the result."""
        try:
            with self._scope:
                self.result.set_result(await self._function(self._opened))
        except Exception as error:
            self.result.set_exception(error)
        finally:
            if not self.result.done():
                self.result.set_exception(CancelledError())


def _awaited(future: Future[R]) -> R:
    while not wait([future], TURN).done:
        pass
    return future.result()


def _innermost(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
