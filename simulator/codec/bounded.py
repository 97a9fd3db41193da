"""Byte strings behind a length of fixed size: the vectors of TLS 1.3 (RFC 8446 3.4), `opaque x<least..most>`."""

from simulator.codec.source import Source
from simulator.codec.wire import Wire
from simulator.dataclass import dataclass


def length_size(most: int) -> int:
    """How many octets a length of up to `most` has (RFC 8446 3.4)."""
    return (most.bit_length() + 7) // 8


@dataclass
class BoundedWire(Wire):
    """`opaque x<least..most>`, as bytes."""

    least: int
    most: int

    def decoding(self, source: Source, target: str) -> None:
        size, bounds = length_size(self.most), f"not {self.least} to {self.most}"
        source.add(
            f"start = pos + {size}",
            f"if start > end: raise too_short(pos, {size}, end)",
            "count = int.from_bytes(data[pos:start], 'big')",
            f"if not {self.least} <= count <= {self.most}: raise DecodeError(pos, f'length {{count}}, {bounds}')",
            "if start + count > end: raise too_short(start, count, end)",
            f"{target} = data[start : start + count]",
            "pos = start + count",
        )

    def encoding(self, source: Source, value: str) -> None:
        message = f"{self.least} to {self.most} bytes wanted, not "
        source.add(
            f"octets = {value}",
            f"if not {self.least} <= len(octets) <= {self.most}: raise ValueError({message!r} + str(len(octets)))",
            f"out += len(octets).to_bytes({length_size(self.most)}, 'big')",
            "out += octets",
        )
