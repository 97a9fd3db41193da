"""A limit on real time for code that may never wait for anything: a signal ends it where it is."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Hang(Exception):
    """A case that took too long; raised in the middle of whatever it was doing."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Raises Hang where the block is after so many seconds, also where nothing ever waits; and again each second, where
    one task that never waits comes after the other. Where there are no such signals (Windows, other threads than the
    main one) there is no limit.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def give_up(_: int, frame: FrameType | None) -> None:
        raise Hang(f"more than {seconds:g} s, in {frame.f_code if frame else 'no frame'}")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds, 1)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
