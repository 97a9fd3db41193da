"""A function that is being written, line by line, by the wires of a type (see `wire`)."""

from collections.abc import MutableMapping
from dataclasses import field
from functools import lru_cache
from types import CodeType
from typing import TYPE_CHECKING, Any, TypeVar

from simulator.codec.errors import DecodeError, TooManyValues, too_short
from simulator.codec.spans import Rest, Span
from simulator.codec.varint import SHORT, read_length, read_varint, write_varint
from simulator.dataclass import dataclass

if TYPE_CHECKING:
    from simulator.codec.wire import Wire

K = TypeVar("K")


def written_length(octets: str) -> str:
    """The line that writes the length of what has this name, in front of it: nearly all are below 64, one octet."""
    return f"out += _SHORT[len({octets})] if len({octets}) < 64 else write_varint(len({octets}))"


@dataclass
class Source:
    """A function that is being written: its lines, its indent and the objects that the lines name."""

    traced: bool = False
    lines: list[str] = field(default_factory=list)
    depth: int = 1
    names: dict[str, Any] = field(
        default_factory=lambda: {
            "DecodeError": DecodeError,
            "TooManyValues": TooManyValues,
            "too_short": too_short,
            "read_length": read_length,
            "read_varint": read_varint,
            "write_varint": write_varint,
            "_SHORT": SHORT,
            "Span": Span,
            "Rest": Rest,
        }
    )
    counter: int = 0

    @property
    def more(self) -> str:
        """What a decoder hands on to those that it calls."""
        return "spans" if self.traced else "left"

    def add(self, *lines: str) -> None:
        """Append lines at the current indent; a line may start with spaces for more."""
        self.lines.extend("    " * self.depth + line for line in lines)

    def bind(self, prefix: str, value: Any) -> str:
        """A name of its own for an object that a line needs."""
        self.counter += 1
        name = f"{prefix}_{self.counter}"
        self.names[name] = value
        return name

    def bind_later(self, prefix: str, wire: "Wire", function: str) -> str:
        """The same for a function of a wire, which is compiled when it is first called."""
        name = self.bind(prefix, None)
        self.names[name] = compiled_when_called(self.names, name, wire, function)
        return name

    def length(self, start: str) -> None:
        """Read a length: leave the start of what it measures in the local `start` and the end in `stop`. That of one
        byte, nearly all are, is read in place, which halves what it costs to decode many short values.
        """
        self.add(
            "if pos < end and data[pos] < 64:",
            "    stop = pos + 1 + data[pos]",
            f"    {start} = pos + 1",
            f"    if stop > end: raise too_short({start}, stop - {start}, end)",
            f"else: {start}, stop = read_length(data, pos, end)",
        )

    def call(self, target: str, wire: "Wire") -> None:
        """Decode by calling another wire's own function instead of by lines in place."""
        name = self.bind_later("decode", wire, "traced" if self.traced else "decode")
        self.add(f"{target}, pos = {name}(data, pos, end, {self.more})")

    def build(self, header: str) -> Any:
        """Compile the function that `header` declares and return it."""
        exec(_compiled("\n".join([header, *self.lines])), self.names)  # noqa: S102 (ours, made from declarations)
        return self.names[header.split("(")[0].removeprefix("def ")]


@lru_cache(256)
def _compiled(text: str) -> CodeType:
    """Many wires differ in the objects that their lines name, and not in the lines."""
    return compile(text, f"<codec {text.partition(':')[0]}>", "exec")


def compiled_when_called(table: MutableMapping[K, Any], key: K, wire: "Wire", function: str) -> Any:
    """Stands for a function of a wire in a table until it is first called: the compiled one then takes its place. Many
    cases of unions, and values that may be absent, never come in a process.
    """

    def call(*arguments: Any) -> Any:
        compiled = table[key] = getattr(wire, function)
        return compiled(*arguments)

    return call
