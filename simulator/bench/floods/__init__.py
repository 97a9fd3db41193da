"""Floods: what anybody can send to a server without asking for anything that costs it something, as bytes.

frames     HTTP/2 frames that no library writes
http       floods of HTTP, whatever is spoken over it
of_drafts  requests of a draft that are one item over and over, as its `adversary` has them
sender     sends one, as a process of its own that imports nothing of ours
"""

from simulator.bench.floods.http import Flood
from simulator.bench.floods.of_drafts import floods

__all__ = ["Flood", "floods"]
