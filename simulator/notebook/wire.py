"""Wire bytes beside the struct that they are: a tree that opens and closes, without any script."""

import re
from collections.abc import Iterable

from simulator.notebook.markup import MARK, Display, key_chip, page, text
from simulator.trace import Dissection, Node

_SHOWN = 8
"""How many bytes of a value a line shows."""

_WORDS = 24
"""How many fields are listed where there is no HTML."""

_LONG = 24
"""A longer byte string is told by its length, unless it is a key."""

_KEYS = re.compile(r"(public_key|signature_key|encryption_key|init_key|external_pub)$")


def wire(
    dissection: Dissection, data: bytes, title: str = "", *, at: str = "", depth: int = 4, marked: Iterable[str] = ()
) -> Display:
    """Decoded bytes; structs are open down to `depth`. What could not be decoded is said below.

    `at` shows only what is at that path; the fields at `marked` paths stand out. Raises KeyError for a path that
    is not there.
    """
    root = dissection.root.find(at)
    if root is None:
        raise KeyError(at)
    rows = _node(root, data, depth, frozenset(marked), 0)
    error = f'<p class="wrap"><b>Not decoded further:</b> {text(dissection.error)}</p>' if dissection.error else ""
    head = f"<h4>{text(title)}</h4>" if title else ""
    return Display(page(head, f'<div class="mono tree">{rows}</div>', error), _words(root, title))


def _node(node: Node, data: bytes, depth: int, marked: frozenset[str], level: int) -> str:
    raw = data[node.offset : node.offset + node.length]
    shown = raw[:_SHOWN].hex(" ") + (f" … {len(raw)}" if len(raw) > _SHOWN else "")
    style = f' style="background:{MARK}"' if node.path in marked else ""
    columns = (
        f'<span class="dim">{node.offset:04x}</span><span class="dim">{shown}</span>'
        f'<span class="wrap" style="padding-left:{1.2 * level:.1f}em"><span class="name">{text(node.name)}</span> '
        f'<span class="dim">{text(node.type)}</span> '
        f"{_value(node)}</span>"
    )
    if not node.children:
        return f'<div class="leaf"{style}>{columns}</div>'
    inner = "".join(_node(child, data, depth - 1, marked, level + 1) for child in node.children)
    state = " open" if depth > 0 or any(mark.startswith(node.path) for mark in marked) else ""
    return f"<details{state}><summary{style}>{columns}</summary><div>{inner}</div></details>"


def _value(node: Node) -> str:
    if is_key(node):
        return key_chip(bytes.fromhex(node.value))
    return text(readable(node))


def is_key(node: Node) -> bool:
    """Whether a leaf is a public key."""
    return node.is_bytes and bool(node.value) and bool(_KEYS.search(node.name))


def readable(node: Node) -> str:
    """A leaf's value for people: bytes that are text as text, many bytes as their number."""
    if not node.is_bytes:
        return node.value
    if node.text is not None:
        return f'"{node.text}"'
    size = len(node.value) // 2
    return f"{size} bytes" if size > _LONG else node.value


def _words(root: Node, title: str) -> str:
    leaves = list(root.leaves())
    lines = [f"{leaf.path} = {readable(leaf)}" for leaf in leaves[:_WORDS]]
    rest = [f"... {len(leaves) - _WORDS} more fields"] if len(leaves) > _WORDS else []
    return "\n".join([title or f"{root.name}, {root.length} bytes", *lines, *rest])
