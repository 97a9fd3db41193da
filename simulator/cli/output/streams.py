"""The standard streams of the process: they take everything that is written, whatever is at their other end.

A stream may be closed, its disk full, its reader gone, its encoding without the character that is to be written. None
of that ends the work: what has no character is escaped, what can't be written is dropped, and why is kept. The first
time that standard output loses something, it is said on standard error, but for a reader that has gone (`| head`):
that is the reader's choice.
"""

import io
import os
import select
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from simulator.errors import SimulatorError

_CLOSED = "it is closed"
GONE = "nobody reads it any more"


class Output(io.RawIOBase):
    """The end of a stream that bytes go into. Writing never raises."""

    def __init__(self, target: Any, *, is_announced: bool) -> None:
        """The target takes bytes, perhaps not all at once; None is a stream that is closed."""
        super().__init__()
        self._target = target
        self._is_announced = is_announced
        self.lost: str | None = None
        """Why something that was written is not where it should be."""

    @property
    def is_open(self) -> bool:
        """Whether there is anything at the other end."""
        return self._target is not None

    @property
    def has_failed(self) -> bool:
        """Whether something was lost that somebody waits for: a reader that has gone does not."""
        return self.lost not in (None, GONE)

    def writable(self) -> bool:
        """It always is."""
        return True

    def isatty(self) -> bool:
        """Whether a terminal is at the other end."""
        return self._target is not None and bool(self._target.isatty())

    def fileno(self) -> int:
        """The descriptor. Raises OSError where there is none."""
        if self._target is None:
            raise OSError(_CLOSED)
        return int(self._target.fileno())

    def write(self, data: Any) -> int:
        """Take all of it."""
        rest = memoryview(data).cast("B")
        size = len(rest)
        while rest and self.lost is None:
            try:
                rest = rest[self._write(rest) :]
            except (BrokenPipeError, ConnectionResetError):
                self.lost = GONE
            except OSError as error:
                self._lose(error.strerror or str(error))
        return size

    def _write(self, data: memoryview) -> int:
        """How many bytes were taken. Raises OSError."""
        if self._target is None:
            raise OSError(_CLOSED)
        written = self._target.write(data)
        if written is None:  # the other end is not to be waited for, and takes nothing now
            select.select([], [self._target], [])
            return 0
        return int(written)

    def _lose(self, reason: str) -> None:
        self.lost = reason
        if self._is_announced:
            print(f"standard output can't be written: {reason}", file=sys.stderr)


@contextmanager
def standard_streams() -> Iterator[None]:
    """Let standard output and standard error be of this kind for the time of a `with` block."""
    _fill_descriptors()
    before = sys.stdout, sys.stderr
    try:
        sys.stderr = _stream(before[1], is_announced=False)
        sys.stdout = _stream(before[0], is_announced=True)
        yield
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.stdout, sys.stderr = before


def output() -> Output | None:
    """Standard output's end; None where standard output is not of this kind, as in a notebook."""
    end = getattr(sys.stdout, "buffer", None)
    return end if isinstance(end, Output) else None


def read_input() -> bytes:
    """All of standard input. Raises SimulatorError where there is nothing to read from."""
    if sys.stdin is None:
        raise SimulatorError(f"standard input can't be read: {_CLOSED}")
    try:
        return b"".join(_chunks(sys.stdin.buffer))
    except OSError as error:
        raise SimulatorError(f"standard input can't be read: {error.strerror or error}") from error


def _chunks(source: Any) -> Iterator[bytes]:
    """What there is up to the end, also of a stream that is not to be waited for."""
    while (chunk := source.read()) != b"":
        if chunk is None:
            select.select([source], [], [])
        else:
            yield chunk


def _stream(stream: Any, *, is_announced: bool) -> Any:
    """A stream in place of this one, which may be None; the same where it has no bytes below it."""
    if stream is None:
        target = None
    elif (target := getattr(stream, "buffer", None)) is None or isinstance(target, Output):
        return stream
    else:
        with suppress(OSError):
            stream.flush()
        target = getattr(target, "raw", target)
    encoding = getattr(stream, "encoding", None) or "utf-8"
    end = Output(target, is_announced=is_announced)
    return io.TextIOWrapper(end, encoding, "backslashreplace", line_buffering=True)


def _fill_descriptors() -> None:
    """Let nothing that is opened from now on get the number of a standard stream that is closed: whoever writes there,
    such as a process that we start, would write into it.
    """
    for number, flags in enumerate((os.O_RDONLY, os.O_WRONLY, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, flags), True)
