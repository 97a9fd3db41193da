"""A layout as the few bytes that a trace carries: its JSON, deflated (RFC 1950)."""

import zlib
from functools import lru_cache

from simulator.codec.layout import LayoutError
from simulator.trace.layout.dissecting import LayoutDissector
from simulator.trace.layout.layout import MOST_BYTES, Layout, from_json, to_json
from simulator.trace.tree import Dissect

_LEVEL = 9
_KEPT = 16
"""How many layouts are kept decoded: the traces of a run have the same one or a few."""


def packed(layout: Layout) -> bytes:
    """The layout as bytes; the same for the same layout."""
    return zlib.compress(to_json(layout).encode(), _LEVEL)


@lru_cache(maxsize=_KEPT)
def unpacked(data: bytes) -> Layout:
    """The layout in bytes. Raises LayoutError for all that `packed` does not make, without inflating more than it may
    be.
    """
    inflate = zlib.decompressobj()
    try:
        text = inflate.decompress(data, MOST_BYTES + 1)
    except zlib.error as error:
        raise LayoutError("", "it can't be inflated") from error
    if len(text) <= MOST_BYTES and (not inflate.eof or inflate.unused_data):
        raise LayoutError("", "it is cut off, or goes on behind its end")
    return from_json(text)


@lru_cache(maxsize=_KEPT)
def dissector(data: bytes) -> Dissect:
    """The decoder by the layout in these bytes. Raises LayoutError."""
    return LayoutDissector(unpacked(data))
