"""Traces as files: one a run of a scenario, a line an event, written when it happens.

A line is JSON, `["exchange", {...}]`: the kind and the event's fields, bytes in base64; a field that is not there is as
it is by default. The first is the header. Lines stand in the order in which events ended. What a run that crashed had
written is there: each line leaves at once, in one piece; that the machine itself goes down is not provided for (no
fsync).
"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from simulator.codec.layout import LayoutError
from simulator.printable import printable
from simulator.trace import events
from simulator.trace.errors import TraceFileError
from simulator.trace.events import Event
from simulator.trace.header import FORMAT, Header
from simulator.trace.layout import unpacked
from simulator.trace.naming import file_stem
from simulator.trace.saving import create_private
from simulator.trace.trace import Trace

T = TypeVar("T")

HEADER = "header"
SUFFIX = ".jsonl"
KINDS: dict[str, type[Event]] = {
    "exchange": events.Exchange,
    "tls_failure": events.TLSFailure,
    "step_began": events.StepBegan,
    "step_ended": events.StepEnded,
    "protocol": events.ProtocolEvent,
    "connected": events.Connected,
    "disconnected": events.Disconnected,
    "segment": events.Segment,
    "tls_secret": events.TLSSecret,
    "client_secret": events.ClientSecret,
    "end": events.End,
}
"""What a line may be, by its first word."""

_NAMES = {cls: name for name, cls in KINDS.items()}
_line = msgspec.json.Decoder(tuple[str, msgspec.Raw])
_header = msgspec.json.Decoder(Header)
_event = {name: msgspec.json.Decoder(cls) for name, cls in KINDS.items()}
_encoder = msgspec.json.Encoder()
_UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding raises over bytes that are no line of a trace."""
_WITHOUT_LAYOUT = ("1", "2")
"""Formats in which a trace did not say how its bodies are read."""
_QUOTED, _SAID = 40, 300
"""How many characters of a word, and of a reason, are told."""


class TraceWriter:
    """A sink that appends to a file, readable by this user alone: keys of TLS are in it. Raises TraceFileError where
    the file can't be made, or is there already.

    Whoever acts has no use for a disk that is full: then nothing more is written, and `close` says so.
    """

    def __init__(self, path: Path, header: Header) -> None:
        try:
            self._file = create_private(path)
        except OSError as error:
            raise TraceFileError(f"can't write a trace to {path}: {error.strerror}") from error
        self._path = path
        self._problem: OSError | None = None
        self._line = bytearray()
        self._write((HEADER, header))

    def add(self, event: Event) -> None:
        """Append a line."""
        self._write((_NAMES[type(event)], event))

    def close(self) -> None:
        """Write nothing any more. Raises TraceFileError where not everything could be written."""
        self._file.close()
        if self._problem is not None:
            raise TraceFileError(f"can't write all of a trace to {self._path}: {self._problem.strerror}")

    def _write(self, said: tuple[str, Header | Event]) -> None:
        if self._problem is not None:
            return
        line = self._line
        _encoder.encode_into(said, line)
        line += b"\n"
        try:
            written = self._file.write(line)
            while written < len(line):  # of a disk that is full
                written += self._file.write(line[written:])
        except OSError as error:
            self._problem = error


class Follower:
    """Reads a trace that is still being written: each call of `news` what has come since the one before."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.header: Header | None = None
        """None as long as not even that has been written."""
        self._offset = 0
        self._lines = 0
        self._numbers: set[int] = set()

    def news(self) -> tuple[Event, ...]:
        """The events that are complete and new, in the order in which they ended. Raises TraceFileError."""
        try:
            with self.path.open("rb") as file:
                file.seek(self._offset)
                text = file.read()
        except OSError as error:
            raise TraceFileError(f"can't read {self.path}: {error.strerror}") from error
        *lines, cut = text.split(b"\n")
        if self.header is None and not lines and not cut.startswith(b'["header"'[: len(cut)]):
            raise TraceFileError(f"{self.path} is no trace: it does not begin with a header")
        self._offset += len(text) - len(cut)
        found = []
        for line in lines:
            self._lines += 1
            if self.header is None:
                self.header = self._read_header(line)
            else:
                found.append(self._read_event(line))
        return tuple(found)

    def _read_header(self, line: bytes) -> Header:
        try:
            kind, rest = _line.decode(line)
        except _UNREADABLE:
            kind, rest = "", msgspec.Raw()
        if kind != HEADER:
            raise TraceFileError(f"{self.path} is no trace: it does not begin with a header")
        found = _tolerant(msgspec.json.Decoder(dict[str, Any]).decode, rest)
        if found is None or found.get("format") != FORMAT:
            version = printable(str((found or {}).get("format")), _QUOTED)
            lacking = (
                ", which does not say the layout of its bodies: record it anew" if version in _WITHOUT_LAYOUT else ""
            )
            raise TraceFileError(
                f"{self.path} is a trace of format {version}{lacking}; this simulator reads format {FORMAT}"
            )
        try:
            header = _header.decode(rest)
            if header.layout:
                unpacked(header.layout)
        except LayoutError as error:
            raise self._bad(f"the layout of its bodies: {error}") from error
        except _UNREADABLE as error:
            raise self._bad(error) from error
        return header

    def _read_event(self, line: bytes) -> Event:
        try:
            kind, rest = _line.decode(line)
            if kind not in _event:
                raise self._bad(f"there is no kind of event {printable(kind, _QUOTED)!r}")
            event = _event[kind].decode(rest)
        except _UNREADABLE as error:
            raise self._bad(error) from error
        if event.number in self._numbers:
            raise self._bad(f"event number {event.number} is there already")
        self._numbers.add(event.number)
        return event

    def _bad(self, why: object) -> TraceFileError:
        said = "nested too deep" if isinstance(why, RecursionError) else printable(str(why), _SAID)
        return TraceFileError(f"{self.path}, line {self._lines}: {said}")


def read(path: Path) -> Trace:
    """The trace in a file, whose last line may be cut off. It is decoded by its own layout. Raises TraceFileError."""
    follower = Follower(path)
    found = follower.news()
    if follower.header is None:
        raise TraceFileError(f"{path} is no trace: it does not begin with a header")
    ordered = tuple(sorted(found, key=lambda event: event.number))
    return Trace.of_run(follower.header, ordered)


def read_all(path: Path) -> tuple[Trace, ...]:
    """The traces of a run's folder, by scenario and seed, or that of one file. Raises TraceFileError, also for none."""
    if not path.is_dir():
        return (read(path),)
    files = sorted(path.glob(f"*{SUFFIX}"))
    if not files:
        raise TraceFileError(f"there are no traces in {path}: `mimi-sim run --trace {path}` makes some")
    found = sorted((read(file) for file in files), key=lambda each: (each.header.scenario, each.header.seed))
    before = ("", *(trace.header.scenario for trace in found))
    return tuple(
        replace(trace, again=trace.header.scenario == other) for trace, other in zip(found, before, strict=False)
    )


def file_name(scenario: str, seed: int | None = None) -> str:
    """What the trace of a scenario is called in its run's folder; with `seed` where one with another seed is there."""
    return f"{file_stem(scenario)}{'' if seed is None else f' seed {seed}'}{SUFFIX}"


def _tolerant(decode: Callable[[msgspec.Raw], T], raw: msgspec.Raw) -> T | None:
    try:
        return decode(raw)
    except _UNREADABLE:
        return None
