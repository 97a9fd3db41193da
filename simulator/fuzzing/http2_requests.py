"""Requests of HTTP/2 as bytes, for clients that do what no library lets them do (RFC 9113 8.3)."""

from simulator.bench.floods import frames
from simulator.bench.floods.frames import END_HEADERS, END_STREAM


def fields(**other: str) -> list[tuple[str, str]]:
    """The pseudo-headers of a good request; others by their name without the colon, "" to leave one out."""
    values = {"method": "POST", "scheme": "https", "authority": "ds.a.example", "path": "/x", **other}
    return [(f":{name}", value) for name, value in values.items() if value]


def request(stream: int, *headers: tuple[str, str], flags: int = END_HEADERS | END_STREAM) -> bytes:
    """A HEADERS frame, compressed without a table, so that it means the same wherever it stands."""
    return frames.request(stream, headers or fields(), flags)


def block(*headers: tuple[str, str]) -> bytes:
    """A header block; a good request's by default."""
    return frames.block(headers or fields())
