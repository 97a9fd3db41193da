"""One value in a byte string behind its length: `opaque x<V>` that it fills."""

from simulator.codec.source import Source, written_length
from simulator.codec.wire import Wire
from simulator.dataclass import dataclass


@dataclass
class SizedWire(Wire):
    """`opaque x<V>` that one value fills, as that value."""

    inner: Wire

    def decoding(self, source: Source, target: str) -> None:
        decode = source.bind("decode", self.inner.traced if source.traced else self.inner.decode)
        source.length("pos")
        source.add(
            f"{target}, pos = {decode}(data, pos, stop, {source.more})",
            "if pos != stop: raise DecodeError(pos, f'{stop - pos} bytes behind what should fill them')",
        )

    def encoding(self, source: Source, value: str) -> None:
        encode = source.bind("encode", self.inner.encode)
        source.add(
            "inner = bytearray()",
            f"{encode}({value}, inner)",
            written_length("inner"),
            "out += inner",
        )
