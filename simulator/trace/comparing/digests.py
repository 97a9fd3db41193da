"""What a body says, in a few characters: a digest of what means something, and one of the bytes that a seed makes.

    MessageRequest@1f2e3d.4c5b     the second only where there are such bytes: keys, signatures, ciphertexts, ids

Neither depends on the order of fields or on the numbers of enums' values, so that a layout which changes them alone
changes no digest.
"""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256

from simulator.trace.comparing.canonical import Body
from simulator.trace.comparing.change import settled
from simulator.trace.tree import Node

UNTOLD = "?"
"""Stands for what can't be told by the layout in which it was recorded."""
_NUMBER = re.compile(r"\((\d+)\)$")
_MEANING, _RANDOM = 6, 4
"""Hex digits of the two digests."""


def outermost(
    body: Body, untold: frozenset[str] = frozenset(), hidden: Callable[[str], bool] = lambda _: False
) -> Iterator[tuple[str, str]]:
    """The outermost fields: the value, or for structs their digests; bytes only where there is nothing else. Of what
    has one of the structs `untold` in it, or a text that is `hidden`, nothing is told.
    """
    nodes = body.root.children or ((body.root,) if body.data else ())
    telling = [node for node in nodes if not node.is_bytes or node.children] or nodes
    for node in telling:
        if any(each.type in untold or (not each.is_bytes and hidden(each.value)) for each in node.walk()):
            yield node.name, UNTOLD
        elif not node.children and not node.is_bytes:
            yield node.name, node.value or "-"
        else:
            yield node.name, f"{'' if node.is_bytes else node.type}@{_digests(node)}"


def _digests(node: Node) -> str:
    said, random = [], []
    for leaf in node.leaves():
        known, drawn = _parts(leaf)
        said.append(f"{leaf.path}={known}")
        if drawn:
            random.append(f"{leaf.path}={drawn}")
    meaning = _digest(said, _MEANING)
    return f"{meaning}.{_digest(random, _RANDOM)}" if random else meaning


def _parts(leaf: Node) -> tuple[str, str]:
    """What means something in a value, and what is random in it."""
    if not leaf.is_bytes:
        value = _NUMBER.sub("", leaf.value) if leaf.value else leaf.type
        return settled(value), value if settled(value) != value else ""
    text = leaf.text
    if text is None:
        return f"{len(leaf.value) // 2} bytes", leaf.value
    return settled(text), text if settled(text) != text else ""


def _digest(lines: list[str], digits: int) -> str:
    return sha256("\n".join(sorted(lines)).encode("utf-8", "surrogatepass")).hexdigest()[:digits]
