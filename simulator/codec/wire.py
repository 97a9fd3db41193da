"""One class per kind of wire value; each writes the lines of Python that decode and encode it.

A `Wire` appends source lines to a `Source`. Decoding lines read `data`, `pos` and `end`, leave the value in the local
that they were given and `pos` behind it. Encoding lines append to the bytearray `out`. In a traced decoder `spans`, of
the class `Spans`, gets a `Span` per value, as far as its budget goes; in any other `left` is a list of one number: how
many structs and items of vectors may still come.
"""

from typing import Any

from simulator.codec.source import Source, compiled_when_called, written_length
from simulator.codec.types import Enum8, When
from simulator.dataclass import dataclass

MOST_VALUES = 32_768
"""How many structs and items of vectors, all that is in them counted, are decoded where nobody says otherwise. A commit
that adds 1,000 clients has about 27,000, and 32,768 of the dearest take as long to decode as a hundred signatures to
check."""
UNBOUNDED = 1 << 62
"""As many values as there are bytes for: for what nobody else has written."""


class Wire:
    """A kind of wire value. Subclasses write the lines; the functions are compiled on first use."""

    def decoding(self, source: Source, target: str) -> None:
        """Append lines that leave the decoded value in the local `target`."""
        raise NotImplementedError

    def encoding(self, source: Source, value: str) -> None:
        """Append lines that append the encoding of the expression `value` to `out`."""
        raise NotImplementedError

    def __getattr__(self, name: str) -> Any:
        """`decode(data, pos, end, left)`, `traced(data, pos, end, spans)`, `encode(value, out)`: made at first use."""
        if name not in ("decode", "traced", "encode"):
            raise AttributeError(name)
        source = Source(traced=name == "traced")
        if name == "encode":
            self.encoding(source, "value")
            source.add("return None")
            function = source.build("def encode(value, out):")
        else:
            self.decoding(source, "value")
            source.add("return value, pos")
            function = source.build(f"def {name}(data, pos, end, {source.more}):")
        setattr(self, name, function)
        return function


@dataclass
class UIntWire(Wire):
    """uint8 to uint64."""

    size: int

    def decoding(self, source: Source, target: str) -> None:
        source.add(f"if pos + {self.size} > end: raise too_short(pos, {self.size}, end)")
        if self.size == 1:
            source.add(f"{target} = data[pos]")
        else:
            source.add(f"{target} = int.from_bytes(data[pos : pos + {self.size}], 'big')")
        source.add(f"pos += {self.size}")

    def encoding(self, source: Source, value: str) -> None:
        source.add(f"out += {value}.to_bytes({self.size}, 'big')")


@dataclass
class EnumWire(Wire):
    """A closed enum."""

    enum: Any

    @property
    def number(self) -> UIntWire:
        """How the enum's number travels."""
        return UIntWire(1 if issubclass(self.enum, Enum8) else 2)

    def decoding(self, source: Source, target: str) -> None:
        members = source.bind("members", {int(member): member for member in self.enum})
        self.number.decoding(source, target)
        reason = f"f'{{{target}}} is not a value of {self.enum.__name__}'"
        size = self.number.size
        source.add(
            f"if {target} not in {members}: raise DecodeError(pos - {size}, {reason})",
            f"{target} = {members}[{target}]",
        )

    def encoding(self, source: Source, value: str) -> None:
        self.number.encoding(source, value)


@dataclass
class OpaqueWire(Wire):
    """`opaque x<V>`, as bytes or, with `text`, as str."""

    text: bool = False

    def decoding(self, source: Source, target: str) -> None:
        source.length("start")
        source.add(f"{target} = data[start:stop]", "pos = stop")
        if self.text:
            source.add(
                f"try: {target} = {target}.decode()",
                "except UnicodeDecodeError as wrong: raise DecodeError(start + wrong.start, 'not UTF-8') from None",
            )

    def encoding(self, source: Source, value: str) -> None:
        source.add(f"octets = {value}.encode()" if self.text else f"octets = {value}")
        source.add(written_length("octets"), "out += octets")


@dataclass
class FixedWire(Wire):
    """`opaque x[size]`."""

    size: int

    def decoding(self, source: Source, target: str) -> None:
        source.add(
            f"if pos + {self.size} > end: raise too_short(pos, {self.size}, end)",
            f"{target} = data[pos : pos + {self.size}]",
            f"pos += {self.size}",
        )

    def encoding(self, source: Source, value: str) -> None:
        message = f"{self.size} bytes wanted, not "
        source.add(f"if len({value}) != {self.size}: raise ValueError({message!r} + str(len({value})))")
        source.add(f"out += {value}")


@dataclass
class VectorWire(Wire):
    """`T x<V>`, as a tuple."""

    item: Wire

    def decoding(self, source: Source, target: str) -> None:
        decode = source.bind_later("decode", self.item, "traced" if source.traced else "decode")
        source.length("pos")
        source.add("items = []", "try:")
        if source.traced:
            source.add(
                "    more, budget = 0, spans.budget",
                "    while pos < stop and len(items) < budget.items and budget.spans > 0:",
                "        start, parts = pos, spans.inner()",
                f"        item, pos = {decode}(data, pos, stop, parts)",
                "        spans.append(Span(f'[{len(items)}]', start, pos, item, tuple(parts)))",
                "        items.append(item)",
            )
            self._rest(source)
        else:
            source.add(
                "    while pos < stop:",
                "        if not left[0]: raise TooManyValues(pos, 'more values than are taken')",
                "        left[0] -= 1",
                f"        item, pos = {decode}(data, pos, stop, left)",
                "        items.append(item)",
            )
        source.add("except DecodeError as wrong:")
        place = "len(items) + more" if source.traced else "len(items)"
        if source.traced:
            source.add(f"    spans.append(Span(f'[{{{place}}}]', start, wrong.offset, wrong, tuple(parts)))")
        source.add(f"    wrong.inside(f'[{{{place}}}]')", "    raise", f"{target} = tuple(items)")

    def _rest(self, source: Source) -> None:
        """Append lines that decode the items beyond the budget and count them: they get one span together."""
        source.add(
            f"    rest, left = pos, [{UNBOUNDED}]",
            "    try:",
            "        while pos < stop:",
            "            start, parts = pos, ()",
            f"            _, pos = {source.bind_later('decode', self.item, 'decode')}(data, pos, stop, left)",
            "            more += 1",
            "    finally:",
            "        if more: spans.append(Span(f'[{len(items)}…]', rest, pos, Rest(more)))",
        )

    def encoding(self, source: Source, value: str) -> None:
        encode = source.bind_later("encode", self.item, "encode")
        source.add(
            "body = bytearray()",
            f"for item in {value}: {encode}(item, body)",
            written_length("body"),
            "out += body",
        )


@dataclass
class OptionalWire(Wire):
    """`optional<T> x`: an octet 0 or 1, then the value if 1 (RFC 9420 2.1.1)."""

    inner: Wire

    def decoding(self, source: Source, target: str) -> None:
        source.add(
            "if pos >= end: raise too_short(pos, 1, end)",
            "present = data[pos]",
            "if present > 1: raise DecodeError(pos, f'{present} is neither absent (0) nor present (1)')",
            "pos += 1",
            f"{target} = None",
            "if present:",
        )
        source.depth += 1
        source.call(target, self.inner)
        source.depth -= 1

    def encoding(self, source: Source, value: str) -> None:
        encode = source.bind_later("encode", self.inner, "encode")
        source.add(
            f"if {value} is None: out += b'\\x00'",
            "else:",
            "    out += b'\\x01'",
            f"    {encode}({value}, out)",
        )


@dataclass
class TaggedWire(Wire):
    """A tag and the case that it selects. The tag of a value follows from its class."""

    tag: EnumWire
    cases: dict[int, Wire]

    def classes(self) -> dict[type, int]:
        """The tag of each class that the union holds, those of unions inside it included."""
        tags: dict[type, int] = {}
        for number, case in self.cases.items():
            inner = list(case.classes()) if isinstance(case, TaggedWire) else [case.cls]
            for cls in inner:
                if cls in tags:
                    raise TypeError(f"{cls.__name__} is the case of two tags: a value's class must tell its tag")
                tags[cls] = number
        return tags

    def decoding(self, source: Source, target: str) -> None:
        functions: dict[int, Any] = {}
        for number, case in self.cases.items():
            functions[number] = compiled_when_called(functions, number, case, "traced" if source.traced else "decode")
        decoders = source.bind("cases", functions)
        size = self.tag.number.size
        self.tag.decoding(source, "tag")
        if source.traced:
            source.add(f"spans.append(Span({self.tag.enum.__name__!r}, pos - {size}, pos, tag))")
        reason = "f'{tag.name} has no case here'"
        source.add(
            f"if tag not in {decoders}: raise DecodeError(pos - {size}, {reason})",
            f"{target}, pos = {decoders}[tag](data, pos, end, {source.more})",
        )

    def encoding(self, source: Source, value: str) -> None:
        size = self.tag.number.size
        functions: dict[type, Any] = {}
        for cls, number in self.classes().items():
            functions[cls] = compiled_when_called(functions, cls, self.cases[number], "encode")
        tags = source.bind("tags", {cls: number.to_bytes(size, "big") for cls, number in self.classes().items()})
        cases = source.bind("cases", functions)
        source.add(f"kind = type({value})", f"out += {tags}[kind]", f"{cases}[kind]({value}, out)")


@dataclass
class StructWire(Wire):
    """A struct: its fields in order, each perhaps only `When` an earlier one says so."""

    cls: type
    fields: dict[str, tuple[Wire, When | None]]

    def _condition(self, source: Source, when: When, root: str) -> str:
        tests, value = [], self._value(when.path, root)
        for case in when.cases:
            name = source.bind("case", case)
            tests.append(f"isinstance({value}, {name})" if isinstance(case, type) else f"{value} == {name}")
        return " or ".join(tests)

    def _value(self, path: str, root: str) -> str:
        """The expression for the value at a path: None where the case of a union on the way has no such field."""
        first, *rest = path.split(".")
        value, wire = f"{root}{first}", self.fields[first][0] if first in self.fields else None
        for part in rest:
            declared = wire.fields.get(part) if isinstance(wire, StructWire) else None
            value = f"{value}.{part}" if declared else f"getattr({value}, {part!r}, None)"
            wire = None if declared is None else declared[0]
        return value

    def decoding(self, source: Source, target: str) -> None:
        cls = source.bind("cls", self.cls)
        if not source.traced:
            source.add("if not left[0]: raise TooManyValues(pos, 'more values than are taken')", "left[0] -= 1")
        source.add("try:", "    field = ''")
        source.depth += 1
        if source.traced:
            source.add("outer = spans")
        for name, (wire, when) in self.fields.items():
            source.add(f"field = {name!r}")
            if source.traced:
                source.add("spans, field_start = outer.inner(), pos")
            if when is not None:
                source.add(f"f_{name} = None", f"if {self._condition(source, when, 'f_')}:")
                source.depth += 1
            if isinstance(wire, (StructWire, TaggedWire)) or when is not None:
                source.call(f"f_{name}", wire)
            else:
                wire.decoding(source, f"f_{name}")
            if when is not None:
                source.depth -= 1
            if source.traced:
                source.add(f"outer.append(Span({name!r}, field_start, pos, f_{name}, tuple(spans)))")
        source.depth -= 1
        source.add("except DecodeError as wrong:")
        if source.traced:
            source.add("    outer.append(Span(field, field_start, wrong.offset, wrong, tuple(spans)))")
        source.add("    wrong.inside(field)", "    raise")
        source.add(f"{target} = {cls}({', '.join(f'f_{name}' for name in self.fields)})")

    def encoding(self, source: Source, value: str) -> None:
        source.add(f"struct = {value}")
        for name, (wire, when) in self.fields.items():
            inline = not isinstance(wire, (StructWire, TaggedWire, VectorWire))
            if when is not None:
                wrong = f"{self.cls.__name__}.{name} must be there exactly when {when.path} asks for it"
                source.add(
                    f"present = {self._condition(source, when, 'struct.')}",
                    f"if present != (struct.{name} is not None): raise ValueError({wrong!r})",
                    "if present:",
                )
                source.depth += 1
            if inline:
                wire.encoding(source, f"struct.{name}")
            else:
                source.add(f"{source.bind_later('encode', wire, 'encode')}(struct.{name}, out)")
            if when is not None:
                source.depth -= 1
