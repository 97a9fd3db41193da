"""The layout of a draft: what it takes to read its bytes, and to say in which way another version differs.

layout      the value, and as JSON     dissecting  bodies decoded by a layout alone
packed      as a trace carries it
comparing/  two layouts compared, as a protocol designer would say it
"""

from simulator.trace.layout.dissecting import LayoutDissector
from simulator.trace.layout.layout import EndpointLayout, Layout, from_json, to_json, to_lines
from simulator.trace.layout.packed import dissector, packed, unpacked

__all__ = [
    "EndpointLayout",
    "Layout",
    "LayoutDissector",
    "dissector",
    "from_json",
    "packed",
    "to_json",
    "to_lines",
    "unpacked",
]
