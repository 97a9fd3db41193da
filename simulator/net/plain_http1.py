"""HTTP/1.1 messages in the form that nearly all have, read in one look. Any other is for h11 to judge.

Plain is a subset of what h11 takes, with one meaning: a complete message and nothing behind it, its length said by one
Content-Length (RFC 9112 6.2), one space where there may be several, printable ASCII, no field twice and none that
changes how the connection goes on. Whatever differs in any way, however slightly, goes to h11 from its first byte.

Peers send the same few heads again and again: what each means depends on its bytes alone, and is worked out once.
"""

import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

from simulator.dataclass import dataclass
from simulator.net.http import decode_headers
from simulator.net.request_head import RequestHead, head_of
from simulator.trace.events import Headers

T = TypeVar("T")
Fields = tuple[tuple[bytes, bytes], ...]

_NAME, _VALUE = rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]++", rb"[!-~]++(?: [!-~]++)*+"
_LINES = rb"((?:" + _NAME + rb": " + _VALUE + rb"\r\n)*+)"
_REQUEST = re.compile(rb"(GET|POST|PUT|PATCH|DELETE) (/[!-~]*+) HTTP/1\.1\r\n" + _LINES + rb"\r\n")
_ANSWER = re.compile(rb"HTTP/1\.1 ([2-5][0-9][0-9]) (?:" + _VALUE + rb")?\r\n" + _LINES + rb"\r\n")
_EACH_FIELD = re.compile(rb"([^:]++): ([^\r]++)\r\n")
_OUR_FIELDS = re.compile(_LINES.replace(b"A-Z", b"", 1))
"""Of a reply: names in lower case, as hypercorn has them."""
_LENGTH = re.compile(rb"[0-9]{1,15}")
_MANY_FORMS = frozenset((b"connection", b"expect", b"keep-alive", b"te", b"trailer", b"transfer-encoding", b"upgrade"))
"""With one of these, a message or its connection may go on in more than one way."""
_WITHOUT_CONTENT = (204, 304)
_END = b"\r\n\r\n"


_HEADS, _LONGEST, _LINES_EACH = 1024, 1024, 24
"""How many heads of each kind are remembered, and of how many octets and lines at most: as values they take some ten
times their octets, so that what a peer makes up by the thousand takes 10 MB.
"""


def _remembered(read: Callable[[bytes], T]) -> Callable[[bytes], T]:
    known: Callable[[bytes], T] = lru_cache(_HEADS)(read)

    @wraps(read)
    def ask(head: bytes) -> T:
        is_short = len(head) <= _LONGEST and head.count(b"\n") <= _LINES_EACH
        return known(head) if is_short else read(head)

    return ask


@dataclass(frozen=True, slots=True)
class PlainHead:
    """The head of a request."""

    meaning: RequestHead
    target: bytes
    fields: Fields
    """Names in lower case."""
    length: int
    """Octets of the body that follows."""


@dataclass(frozen=True, slots=True)
class PlainRequest:
    """A request and all of its body."""

    head: PlainHead
    body: bytes


@dataclass(frozen=True, slots=True)
class PlainAnswer:
    """An answer's head."""

    status: int
    headers: Headers
    start: int
    """Where its body begins."""
    end: int
    """Where that ends, among bytes that may not have come yet."""


@_remembered
def plain_head(head: bytes) -> PlainHead | None:
    """The head of a request, with the empty line at its end; None where it is anything but a plain one."""
    found = _REQUEST.fullmatch(head)
    if found is None:
        return None
    method, target, lines = found.groups()
    fields = tuple((name.lower(), value) for name, value in _EACH_FIELD.findall(lines))
    known = dict(fields)
    length = _length(known)
    if len(known) < len(fields) or b"host" not in known or length is None:
        return None
    meaning = head_of("1.1", method.decode("ascii"), target.decode("ascii"), decode_headers(fields))
    return PlainHead(meaning, target, fields, length)


def plain_request(data: bytes) -> PlainRequest | None:
    """The request that these bytes are; None where they are anything but one plain request as a whole."""
    start = _start(data)
    head = plain_head(data[:start])
    return None if head is None or head.length != len(data) - start else PlainRequest(head, data[start:])


def plain_answer(data: bytes) -> PlainAnswer | None:
    """The answer that begins with these bytes; None unless its head is there and plain. It has as much content as its
    Content-Length says, which only one that can't have any lacks.
    """
    return _answer(data[: _start(data)])


@_remembered
def _answer(head: bytes) -> PlainAnswer | None:
    found = _ANSWER.fullmatch(head)
    if found is None:
        return None
    status, fields = int(found[1]), _EACH_FIELD.findall(found[2])
    known = {name.lower(): value for name, value in fields}
    length = _length(known)
    if len(known) < len(fields) or length is None or (b"content-length" in known) == (status in _WITHOUT_CONTENT):
        return None
    return PlainAnswer(status, decode_headers(fields), len(head), len(head) + length)


def plain_reply(status: int, fields: Fields, body: bytes) -> bytes | None:
    """The bytes of a reply to a plain request, as h11 writes them; None where that is to decide how, or whether."""
    is_short = len(fields) <= _LINES_EACH and sum([len(value) for _, value in fields]) <= _LONGEST
    head = (_known_reply_head if is_short else _reply_head)(status, fields, len(body))
    return None if head is None else head + body


def _reply_head(status: int, fields: Fields, size: int) -> bytes | None:
    head = b"".join([b"%b: %b\r\n" % field for field in fields])
    known = dict(fields)
    if (
        len(known) < len(fields)
        or not 200 <= status <= 599
        or (b"content-length" in known) == (status in _WITHOUT_CONTENT)
        or _length(known) != size
        or b"host" in known  # h11 puts that in front
        or not _OUR_FIELDS.fullmatch(head)
        or tuple(_EACH_FIELD.findall(head)) != fields  # what is in one may look like two
    ):
        return None
    return b"HTTP/1.1 %d \r\n%b\r\n" % (status, head)


_known_reply_head = lru_cache(_HEADS)(_reply_head)


def _start(data: bytes) -> int:
    """Where the body begins, or would: nothing in front of it is a head where that has no end."""
    return data.find(_END) + len(_END)


def _length(known: dict[bytes, bytes]) -> int | None:
    """How much content follows fields with these names in lower case; None where that is not plain."""
    length = known.get(b"content-length", b"0")
    return int(length) if _MANY_FORMS.isdisjoint(known) and _LENGTH.fullmatch(length) else None
