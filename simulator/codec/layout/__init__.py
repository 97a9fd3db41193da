"""What structs look like on the wire, as a value: it can be written down, read elsewhere, decoded by and compared.

model     the layout of structs, enums and tagged unions     notation  a type as text: `optional<Node><V>`
declared  the layout of declared classes                     data      as JSON's values, and strictly back
bounds    what a layout that somebody else wrote may be      decoding  bytes by a layout alone
"""

from simulator.codec.layout.bounds import checked
from simulator.codec.layout.data import from_data, to_data
from simulator.codec.layout.declared import Body, wire_layout
from simulator.codec.layout.decoding import LayoutDecoder, Member, Record
from simulator.codec.layout.errors import LayoutError
from simulator.codec.layout.model import (
    BodyLayout,
    BoundedType,
    Condition,
    EnumLayout,
    FieldLayout,
    FixedType,
    NamedType,
    OpaqueType,
    OptionalType,
    SizedType,
    Type,
    UIntType,
    UnionLayout,
    VectorType,
    WireLayout,
)
from simulator.codec.layout.notation import text_of, type_from

__all__ = [
    "Body",
    "BodyLayout",
    "BoundedType",
    "Condition",
    "EnumLayout",
    "FieldLayout",
    "FixedType",
    "LayoutDecoder",
    "LayoutError",
    "Member",
    "NamedType",
    "OpaqueType",
    "OptionalType",
    "Record",
    "SizedType",
    "Type",
    "UIntType",
    "UnionLayout",
    "VectorType",
    "WireLayout",
    "checked",
    "from_data",
    "text_of",
    "to_data",
    "type_from",
    "wire_layout",
]
