"""Wire bytes beside the struct that they are: a tree that opens and closes, without any script."""

import re
from collections.abc import Iterable, Iterator

from simulator.notebook.figures.markup import MARK, Display, key_chip, page, text
from simulator.trace import Dissection, Node
from simulator.trace.tree import shortened

_SHOWN = 8
"""How many bytes of a value a line shows."""

_WORDS = 24
"""How many fields are listed where there is no HTML."""

_LONG = 24
"""A longer byte string is told by its length, unless it is a key."""

_TEXT = 400
"""How many characters of a text are shown."""

_LINES = 5000
"""How many fields are shown at once: what is in others is for `at`."""

_KEYS = re.compile(r"(public_key|signature_key|encryption_key|init_key|external_pub)$")


def wire(
    dissection: Dissection, data: bytes, title: str = "", *, at: str = "", depth: int = 4, marked: Iterable[str] = ()
) -> Display:
    """Decoded bytes; structs are open down to `depth`. What could not be decoded is said below.

    `at` shows only what is at that path; the fields at `marked` paths stand out. Of a vector of thousands, the first
    items are shown and how many more there are. Raises KeyError for a path that is not there.
    """
    root = dissection.root.find(at)
    if root is None:
        raise KeyError(at)
    rows = _Lines(data, marked).of(root, depth)
    error = f'<p class="wrap"><b>Not decoded further:</b> {text(dissection.error)}</p>' if dissection.error else ""
    head = f"<h4>{text(title)}</h4>" if title else ""
    return Display(page(head, f'<div class="mono tree">{rows}</div>', error), _words(root, title))


class _Lines:
    """The lines of a tree: items of vectors no more than there is room for, everything else."""

    def __init__(self, data: bytes, marked: Iterable[str]) -> None:
        self._data = data
        self._marked = frozenset(marked)
        self._opened = {path[:end] for path in self._marked for end in (0, *_breaks(path), len(path))}
        self._room = _LINES

    def of(self, node: Node, depth: int, level: int = 0) -> str:
        """A node and what is in it; structs are open down to `depth`."""
        self._room -= 1
        columns = self._columns(node, level)
        style = f' style="background:{MARK}"' if node.path in self._marked else ""
        if not node.children:
            return f'<div class="leaf"{style}>{columns}</div>'
        shown, left_out = [], 0
        for child in node.children:
            if self._room > 0 or not child.name.startswith("[") or child.path in self._opened:
                shown.append(self.of(child, depth - 1, level + 1))
            else:
                left_out += 1
        if left_out:
            shown.append(f'<div class="dim">… and {left_out:,} more items of {text(node.name)}</div>')
        state = " open" if depth > 0 or node.path in self._opened else ""
        return f"<details{state}><summary{style}>{columns}</summary><div>{''.join(shown)}</div></details>"

    def _columns(self, node: Node, level: int) -> str:
        raw = self._data[node.offset : node.offset + node.length]
        shown = raw[:_SHOWN].hex(" ") + (f" … {len(raw)}" if len(raw) > _SHOWN else "")
        return (
            f'<span class="dim">{node.offset:04x}</span><span class="dim">{shown}</span>'
            f'<span class="wrap" style="padding-left:{1.2 * level:.1f}em"><span class="name">{text(node.name)}</span> '
            f'<span class="dim">{text(node.type)}</span> '
            f"{_value(node)}</span>"
        )


def _breaks(path: str) -> Iterator[int]:
    """Where a path of something further out ends."""
    return (place for place, character in enumerate(path) if character in ".[")


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
        return shortened(node.value, _TEXT)
    if node.text is not None:
        return f'"{shortened(node.text, _TEXT)}"'
    size = len(node.value) // 2
    return f"{size} bytes" if size > _LONG else node.value


def _words(root: Node, title: str) -> str:
    leaves = list(root.leaves())
    lines = [f"{leaf.path} = {readable(leaf)}" for leaf in leaves[:_WORDS]]
    rest = [f"... {len(leaves) - _WORDS} more fields"] if len(leaves) > _WORDS else []
    return "\n".join([title or f"{root.name}, {root.length} bytes", *lines, *rest])
