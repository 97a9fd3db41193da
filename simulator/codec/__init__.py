"""The TLS presentation language (RFC 8446 3, with the vectors of RFC 9420 2.1.2), declared and generated.

A struct is declared as an annotated class; what decodes and encodes it is Python source written from the declaration
and compiled once. Decoding is strict: what is not the one encoding of a value is a `DecodeError` with offset and field
path.

    types    the words of a declaration          wire     how each kind of value is read and written
    declare  @struct, codec(), encode, decode    dump     the annotated hex dump, with spans
    bounded  vectors of TLS 1.3, with bounds     sized    a value that fills a byte string
    repeated  vectors that come again and again with the same items
    catalogue  all that a package declares, by name  layout/  structs as values: written down, read, decoded by

All packages may import this one; it imports only `errors`.
"""

from simulator.codec.catalogue import declared_in
from simulator.codec.declare import Codec, codec, decode, decode_prefix, encode, struct
from simulator.codec.dump import annotate, dump_lines, spans, spans_until_error
from simulator.codec.errors import DecodeError, TooManyValues
from simulator.codec.spans import Budget, Rest, Span
from simulator.codec.types import (
    Bounded,
    Enum8,
    Enum16,
    Fixed,
    Repeated,
    Sized,
    Tagged,
    When,
    opaque,
    uint8,
    uint16,
    uint32,
    uint64,
    utf8,
)
from simulator.codec.varint import read_varint, write_varint
from simulator.codec.wire import MOST_VALUES, UNBOUNDED

__all__ = [
    "MOST_VALUES",
    "UNBOUNDED",
    "Bounded",
    "Budget",
    "Codec",
    "DecodeError",
    "Enum8",
    "Enum16",
    "Fixed",
    "Repeated",
    "Rest",
    "Sized",
    "Span",
    "Tagged",
    "TooManyValues",
    "When",
    "annotate",
    "codec",
    "declared_in",
    "decode",
    "decode_prefix",
    "dump_lines",
    "encode",
    "opaque",
    "read_varint",
    "spans",
    "spans_until_error",
    "struct",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "utf8",
    "write_varint",
]
