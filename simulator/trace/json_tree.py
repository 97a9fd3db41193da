"""JSON as a tree of what it consists of, each value with its place in the bytes."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from simulator.trace.tree import Dissection, Node

MOST = 10_000
"""How many values are told apart; bytes with more are shown as one text."""
JSON_PLAIN = ("number", "word")
"""The types of values that are written without quotes; `word` is true, false and null."""
DEEPEST = 32
"""How deep values are told apart."""

_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def json_dissection(data: bytes, name: str) -> Dissection:
    """The tree of a JSON text, called `name`; one text, and why, for what is none or is too large."""
    try:
        json.loads(data)
    except (ValueError, RecursionError):
        return _as_text(data, name, "this is no JSON")
    tokens = [(found.start(), found.end()) for found in _TOKEN.finditer(data)]
    if len(tokens) > MOST:
        return _as_text(data, name, f"more than {MOST:,} values and signs")
    root = _Values(data, iter(tokens)).node(name, "", DEEPEST)
    return Dissection(replace(root, type=name) if root.children else root)


def _as_text(data: bytes, name: str, why: str) -> Dissection:
    text = Node("text", "text", "text", data.decode("utf-8", "backslashreplace"), 0, len(data))
    return Dissection(Node(name, "", name, "", 0, len(data), (text,)), why)


class _Values:
    """Makes nodes of the tokens of a text that is JSON."""

    def __init__(self, data: bytes, tokens: Iterator[tuple[int, int]]) -> None:
        self._data = data
        self._tokens = tokens
        self._start = self._end = 0
        self._next()

    def node(self, name: str, path: str, deeper: int) -> Node:
        """The value at the next token."""
        start, sign = self._start, self._data[self._start : self._end]
        self._next()
        if sign not in (b"{", b"["):
            return Node(name, path, *_leaf(sign), start, len(sign))
        children = list(self._inside(path, sign == b"{", deeper))
        length, kind = self._start + 1 - start, "object" if sign == b"{" else "vector<V>"
        self._next()
        if not children or deeper <= 0:
            return Node(name, path, kind, self._text(start, start + length) if children else "", start, length)
        return Node(name, path, kind, "", start, length, tuple(children))

    def _inside(self, path: str, named: bool, deeper: int) -> Iterator[Node]:
        place = 0
        while self._data[self._start : self._end] not in (b"}", b"]"):
            name = f"[{place}]"
            if named:
                name = str(json.loads(self._data[self._start : self._end]))
                self._next()  # the colon
                self._next()
            yield self.node(name, f"{path}.{name}".removeprefix(".").replace(".[", "["), deeper - 1)
            place += 1
            if self._data[self._start : self._end] == b",":
                self._next()

    def _next(self) -> None:
        self._start, self._end = next(self._tokens, (len(self._data), len(self._data)))

    def _text(self, start: int, end: int) -> str:
        return self._data[start:end].decode("utf-8", "backslashreplace")


def _leaf(token: bytes) -> tuple[str, str]:
    """The type and the value of a token that is a value by itself."""
    value = json.loads(token)
    if isinstance(value, str):
        return "text", value
    number, word = JSON_PLAIN
    return (number if isinstance(value, int | float) and not isinstance(value, bool) else word), token.decode()
