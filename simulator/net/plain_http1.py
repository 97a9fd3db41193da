"""HTTP/1.1 messages in the form that nearly all have, read in one look. Any other is for h11 to judge.

Plain is a subset of what h11 takes, with one meaning: a complete message and nothing behind it, its length said by one
Content-Length (RFC 9112 6.2), one space where there may be several, printable ASCII, no field twice and none that
changes how the connection goes on. Whatever differs in any way, however slightly, goes to h11 from its first byte.
"""

import re

from simulator.dataclass import dataclass

Fields = list[tuple[bytes, bytes]]

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


@dataclass(slots=True)
class PlainRequest:
    """A request and all of its body; names of fields in lower case."""

    method: str
    target: bytes
    fields: Fields
    body: bytes


@dataclass(slots=True)
class PlainAnswer:
    """The head of an answer; names of fields as they came."""

    status: int
    fields: Fields
    start: int
    """Where its body begins."""
    end: int
    """Where that ends, among bytes that may not have come yet."""


def plain_request(data: bytes) -> PlainRequest | None:
    """The request that these bytes are; None where they are anything but one plain request as a whole."""
    found = _REQUEST.match(data)
    if found is None:
        return None
    method, target, lines = found.groups()
    fields = [(name.lower(), value) for name, value in _EACH_FIELD.findall(lines)]
    known = dict(fields)
    body = data[found.end() :]
    if len(known) < len(fields) or b"host" not in known or _length(known) != len(body):
        return None
    return PlainRequest(method.decode("ascii"), target, fields, body)


def plain_answer(data: bytes) -> PlainAnswer | None:
    """The answer that begins with these bytes; None unless its head is there and plain. It has as much content as its
    Content-Length says, which only one that can't have any lacks.
    """
    found = _ANSWER.match(data)
    if found is None:
        return None
    status, fields = int(found[1]), _EACH_FIELD.findall(found[2])
    known = {name.lower(): value for name, value in fields}
    length = _length(known)
    if len(known) < len(fields) or length is None or (b"content-length" in known) == (status in _WITHOUT_CONTENT):
        return None
    return PlainAnswer(status, fields, found.end(), found.end() + length)


def plain_reply(status: int, fields: Fields, body: bytes) -> bytes | None:
    """The bytes of a reply to a plain request, as h11 writes them; None where that is to decide how, or whether."""
    head = b"".join([b"%b: %b\r\n" % field for field in fields])
    known = dict(fields)
    if (
        len(known) < len(fields)
        or not 200 <= status <= 599
        or (b"content-length" in known) == (status in _WITHOUT_CONTENT)
        or _length(known) != len(body)
        or b"host" in known  # h11 puts that in front
        or not _OUR_FIELDS.fullmatch(head)
        or _EACH_FIELD.findall(head) != fields  # what is in one may look like two
    ):
        return None
    return b"HTTP/1.1 %d \r\n%b\r\n%b" % (status, head, body)


def _length(known: dict[bytes, bytes]) -> int | None:
    """How much content follows fields with these names in lower case; None where that is not plain."""
    length = known.get(b"content-length", b"0")
    return int(length) if _MANY_FORMS.isdisjoint(known) and _LENGTH.fullmatch(length) else None
