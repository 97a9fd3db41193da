"""The layout of a draft: what it takes to read its bytes, and to say in which way another version differs.

layout      the value, and as JSON     dissecting  bodies decoded by a layout alone
comparing/  two layouts compared, as a protocol designer would say it
"""

from simulator.trace.layout.dissecting import LayoutDissector
from simulator.trace.layout.layout import EndpointLayout, Layout, from_json, to_json

__all__ = ["EndpointLayout", "Layout", "LayoutDissector", "from_json", "to_json"]
