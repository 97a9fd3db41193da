"""What the fields of an HTTP/2 answer may be (RFC 9113 8.2 and 8.3): anything else makes it malformed (8.1.1)."""

import re
from collections.abc import Iterable

from simulator.net.client.attempt import MalformedAnswer

_NO_NAME = re.compile(rb"[\x00-\x20A-Z\x7f-\xff]|(?<=.):", re.DOTALL)
_NO_VALUE = re.compile(rb"[\x00\r\n]|^[ \t]|[ \t]$(?!\n)")
_OF_CONNECTION = (b"connection", b"keep-alive", b"proxy-connection", b"te", b"transfer-encoding", b"upgrade")
"""RFC 9113 8.2.2: with TE, which only a request may have."""

Received = Iterable[tuple[bytes, bytes]]


def check_head(fields: Received) -> int:
    """The status of an answer with these fields, an interim one too. Raises MalformedAnswer."""
    statuses: list[bytes] = []
    pseudo = True
    for name, value in fields:
        _check(name, value)
        if not name.startswith(b":"):
            pseudo = False
        elif not pseudo:
            raise MalformedAnswer(f"{_shown(name)} stands behind other fields (RFC 9113 section 8.3)")
        elif name != b":status":
            raise MalformedAnswer(f"an answer has no {_shown(name)} (RFC 9113 section 8.3)")
        else:
            statuses.append(value)
    if len(statuses) != 1:
        raise MalformedAnswer(f"it has {len(statuses) or 'no'} :status instead of one (RFC 9113 section 8.3.2)")
    return _status(statuses[0])


def check_trailers(fields: Received) -> None:
    """Raises MalformedAnswer for what can't stand behind an answer's content."""
    for name, value in fields:
        _check(name, value)
        if name.startswith(b":"):
            raise MalformedAnswer(f"{_shown(name)} stands in the trailers (RFC 9113 section 8.1)")


def check_length(fields: Received, length: int) -> None:
    """Raises MalformedAnswer where an answer does not have the length that it says (RFC 9113 8.1.1)."""
    for name, value in fields:
        if name == b"content-length" and value.lstrip(b"0") != (b"%d" % length).lstrip(b"0"):
            raise MalformedAnswer(
                f"it has {length} bytes of content, and a content-length of {_shown(value)} (RFC 9113 section 8.1.1)"
            )


def check_no_content(content: bytes | bytearray) -> None:
    """For answers to HEAD, and of 204 and 304. Raises MalformedAnswer."""
    if content:
        raise MalformedAnswer(f"it has {len(content)} bytes of content, and can't have any (RFC 9110 section 6.4.1)")


def _check(name: bytes, value: bytes) -> None:
    if not name or _NO_NAME.search(name):
        raise MalformedAnswer(f"no field can have the name {_shown(name)} (RFC 9113 section 8.2.1)")
    if _NO_VALUE.search(value):
        raise MalformedAnswer(
            f"the value {_shown(value)} of {_shown(name)} has a character that it can't have there"
            " (RFC 9113 section 8.2.1)"
        )
    if name in _OF_CONNECTION:
        raise MalformedAnswer(f"{_shown(name)} is of HTTP/1.1's connections (RFC 9113 section 8.2.2)")


def _status(value: bytes) -> int:
    if not re.fullmatch(rb"[1-9][0-9]{2}", value):
        raise MalformedAnswer(f"its :status is {_shown(value)}, not three digits (RFC 9113 section 8.3.2)")
    if value == b"101":
        raise MalformedAnswer("HTTP/2 has no status 101 (RFC 9113 section 8.6)")
    return int(value)


def _shown(text: bytes) -> str:
    """At most 80 bytes of it, nothing raw."""
    return repr(text[:80])[1:]
