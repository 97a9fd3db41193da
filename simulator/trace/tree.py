"""Decoded bytes as a tree, in the words of the draft's structs. Who knows the structs makes it: see `Dissect`."""

from collections.abc import Iterator
from typing import Literal, Protocol

from simulator.dataclass import dataclass

Part = Literal["request", "response"]

SHORTEST_TEXT = 4
"""Fewer printable bytes than these are chance."""

LONGEST = 1000
"""How many characters of a value are shown where people read."""


def shortened(text: str, most: int = LONGEST) -> str:
    """The beginning of a text, and how long it is where that is not all of it."""
    return text if len(text) <= most else f"{text[:most]}… ({len(text):,} characters)"


@dataclass(frozen=True, slots=True)
class Node:
    """One value on the wire: a field of a struct, an item of a vector, or the whole."""

    name: str
    """The field's name, `[2]` for an item, the struct's name for the root."""
    path: str
    """From the root: `signed.message.body.content.epoch`, `recipients[2].client_id`; empty for the root."""
    type: str
    """The struct's or enum's name, `uint16`, `opaque<V>`, `opaque[4]`, `utf8<V>`, `vector<V>`, `absent`; `more` is all
    that a vector has beyond what is shown one by one: how many items, how many bytes, and their digest.
    """
    value: str
    """Of a leaf: the number, the enum's name and number, the text, the bytes in hex. Of anything else: empty."""
    offset: int
    """Where in the body its bytes begin."""
    length: int
    """How many they are, a vector's length prefix included."""
    children: tuple["Node", ...] = ()

    @property
    def is_bytes(self) -> bool:
        """Whether the value is in hex."""
        return self.type.startswith("opaque")

    @property
    def text(self) -> str | None:
        """The bytes as text, where they are some: names and URIs are opaque to MLS."""
        if not self.is_bytes or len(self.value) < 2 * SHORTEST_TEXT:
            return None
        data = bytes.fromhex(self.value)
        return data.decode("ascii") if data.isascii() and data.decode("ascii").isprintable() else None

    def walk(self) -> Iterator["Node"]:
        """This node and all below it, in wire order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def leaves(self) -> Iterator["Node"]:
        """The nodes without parts, in wire order."""
        return (node for node in self.walk() if not node.children)

    def find(self, path: str) -> "Node | None":
        """The node at a path."""
        return next((node for node in self.walk() if node.path == path), None)


@dataclass(frozen=True, slots=True)
class Dissection:
    """What bytes mean: the tree, as far as they could be decoded, and why no further."""

    root: Node
    error: str | None = None
    """With offset and field path; None where everything was decoded."""


class Dissect(Protocol):
    """The decoder of a draft. None where there is nothing to decode: no body, or an endpoint that is not the draft's.

    `endpoint` is its name or path. Never raises for bytes, whatever they are.
    """

    def __call__(self, endpoint: str, part: Part, data: bytes) -> Dissection | None: ...


def undissected(endpoint: str, part: Part, data: bytes) -> None:
    """For who has no draft at hand: decodes nothing."""
