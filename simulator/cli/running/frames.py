"""How bytes travel between a worker and whoever started it: each piece behind a word that nothing else says and its
length, so that what is no frame is noticed at once.
"""

import struct

_HEAD = struct.Struct("!4sQ")
_WORD = b"mimi"

HEAD = _HEAD.size
"""How many bytes stand before each piece."""
MOST = 1 << 30
"""How many a piece has at most: more is no result of a scenario."""


class BadFrame(Exception):
    """These bytes are no frame."""


def frame(piece: bytes) -> bytes:
    """A piece as it travels."""
    return _HEAD.pack(_WORD, len(piece)) + piece


def size_of(head: bytes) -> int:
    """How many bytes follow. Raises BadFrame."""
    if len(head) != HEAD:
        raise BadFrame(f"{len(head)} bytes are no head")
    word, size = _HEAD.unpack(head)
    if word != _WORD or size > MOST:
        raise BadFrame(f"{head.hex()} is no head")
    return int(size)
