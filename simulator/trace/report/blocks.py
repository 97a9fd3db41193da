"""Headers, bodies and trees of exchanges, packed so that a page can open a few without the rest."""

import base64
import json
import zlib
from typing import Any

from simulator.trace.events import Exchange
from simulator.trace.tokens.fields import FieldMeaning
from simulator.trace.trace import Trace
from simulator.trace.tree import Dissection, Node, Part, shortened

BLOCK = 200_000
"""How many bytes a block holds before the next begins: what a click costs, against how well similar bodies pack."""


def packed(data: bytes) -> str:
    """Gzip in base64: what is in it can't be taken for markup. The same bytes give the same text."""
    squeeze = zlib.compressobj(level=9, wbits=31)
    return base64.b64encode(squeeze.compress(data) + squeeze.flush()).decode()


class Blocks:
    """Collects exchanges into blocks. `parts` is what goes into the page, by id."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self._begin()

    def add(self, trace: Trace) -> list[tuple[int, str]]:
        """Pack a trace's exchanges; returns the blocks with the place in the trace of the first exchange of each."""
        found = []
        for position, exchange in enumerate(trace.exchanges):
            if not self._items:
                found.append((position, f"b{len(self.parts)}"))
            self._items.append(self._item(trace, exchange))
            if len(self._bodies) + self._nodes * 20 >= BLOCK:
                self._end()
        self._end()
        return found

    def _begin(self) -> None:
        self._names: dict[str, int] = {}
        self._items: list[dict[str, Any]] = []
        self._bodies = bytearray()
        self._nodes = 0

    def _end(self) -> None:
        if not self._items:
            return
        content = json.dumps({"names": list(self._names), "items": self._items}, separators=(",", ":")).encode()
        block = len(content).to_bytes(4, "big") + content + self._bodies
        self.parts[f"b{len(self.parts)}"] = packed(block)
        self._begin()

    def _item(self, trace: Trace, exchange: Exchange) -> dict[str, Any]:
        answered = exchange.status is not None
        answer = self._part(exchange.response_headers, exchange.response, trace.response(exchange))
        parts: tuple[Part, ...] = ("request", "response")
        asked, told = ({"meanings": [_meaning(each) for each in trace.fields(exchange, part)]} for part in parts)
        return {
            "url": exchange.url,
            "http": exchange.http_version,
            "tls": exchange.tls_version,
            "cipher": exchange.cipher,
            "connection": exchange.connection,
            "opened": _milliseconds(exchange.opened),
            "answered": _milliseconds(exchange.answered),
            "simulated": _milliseconds(exchange.simulated),
            "simulated_seconds": _milliseconds(exchange.simulated_seconds),
            "tokens": trace.about_tokens(exchange),
            "request": self._part(exchange.request_headers, exchange.request, trace.request(exchange)) | asked,
            "answer": answer | told if answered else None,
        }

    def _part(self, headers: tuple[tuple[str, str], ...], body: bytes, dissection: Dissection | None) -> dict[str, Any]:
        at = (len(self._bodies), len(body))
        self._bodies += body
        tree = self._tree(dissection.root) if dissection else None
        return {"headers": headers, "at": at, "tree": tree, "problem": dissection.error if dissection else None}

    def _tree(self, node: Node) -> list[Any]:
        """[name, type, offset, length, value, children]: names as numbers; of bytes only how many, they are there."""
        self._nodes += 1
        value = len(node.value) // 2 if node.is_bytes and not node.children else shortened(node.value)
        short = [self._name(node.name), self._name(node.type), node.offset, node.length, value]
        return [*short, [self._tree(child) for child in node.children]] if node.children else short

    def _name(self, name: str) -> int:
        return self._names.setdefault(name, len(self._names))


def _meaning(field: FieldMeaning) -> list[Any]:
    return [field.place, shortened(field.said), [(path, shortened(value)) for path, value in field.values.items()]]


def _milliseconds(seconds: float | None) -> float | None:
    return None if seconds is None else round(1000 * seconds, 3)
