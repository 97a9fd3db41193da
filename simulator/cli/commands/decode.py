"""`mimi-sim decode`."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.arguments import Draft
from simulator.cli.byte_arguments import Notation, given
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, emit
from simulator.errors import SimulatorError, hint

if TYPE_CHECKING:
    from simulator.codec import DecodeError, Span

_TELLING = range(64, 65_536)
"""Fewer bytes than these are an encoding of too many structs to say anything; more take too long to try each."""


def _structs(draft: str | None = None) -> Mapping[str, Any]:
    """All that can be decoded, by name: what the draft declares, or else all drafts, before what others do."""
    from simulator import mls, privacy_pass, services
    from simulator.codec import declared_in
    from simulator.drafts import registry

    drafts = registry.known() if draft is None else (registry.find(draft),)
    own = {name: struct for each in reversed(drafts) for name, struct in each.structs.items()}
    return {
        **own,
        **{
            name: struct
            for package in (privacy_pass, services, mls)
            for name, struct in declared_in(package).items()
            if name not in own
        },
    }


def _complete(incomplete: str) -> list[str]:
    return [name for name in _structs() if name.lower().startswith(incomplete.lower())]


def decode(
    struct: Annotated[
        str | None,
        typer.Argument(
            metavar="STRUCT",
            help="A struct of the draft, of RFC 9420 (KeyPackage) or of Privacy Pass (TokenChallenge); without it, all "
            "names are listed.",
            autocompletion=_complete,
            show_default=False,
        ),
    ] = None,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|HEX", help="A file, hex or base64; without it, or for -, standard input.", show_default=False
        ),
    ] = None,
    notation: Annotated[
        Notation,
        typer.Option("--as", help="How the bytes are written; else text that is hex or base64 is taken as such."),
    ] = Notation.guess,
    full: Annotated[bool, typer.Option("--full", help="Show every byte of long values.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the tree as JSON instead.")] = False,
    draft: Draft = None,
) -> None:
    """Decode bytes of the wire: an annotated hex dump, and what is wrong with them.

    Hex may have spaces, line breaks, colons and 0x in it. Bytes that can't be decoded to their end are shown as far as
    they can, with the offset and the field where it went wrong; the exit code is 1 then.

    Examples:

        mimi-sim decode KeyPackage capture.bin
        mimi-sim decode Extension "00 05 01 00"
        curl ... | mimi-sim decode Welcome --full
    """
    structs = _structs(draft)
    if struct is None:
        for name in sorted(structs):
            answer(name)
        return
    try:
        annotation = _find(struct, structs)
        data = given(source, notation)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    wrong = _show_json(struct, annotation, data) if as_json else _show(struct, annotation, data, full=full)
    if wrong is not None:
        complain(f"{struct}: {wrong}")
        others = _others(data, structs)
        if others:
            complain(f"all of it decodes as {', '.join(others)}")
        raise typer.Exit(Exit.failed)


def _find(name: str, structs: Mapping[str, Any]) -> Any:
    """Raises SimulatorError for a name that nothing has."""
    by_name = {each.lower(): each for each in structs}
    if name.lower() in by_name:
        return structs[by_name[name.lower()]]
    raise SimulatorError(f'unknown struct "{name}"{hint(name, structs)}; "mimi-sim decode" lists all')


def _show(name: str, annotation: Any, data: bytes, *, full: bool) -> "DecodeError | None":
    from simulator.codec import dump_lines, spans_until_error

    parts, error = spans_until_error(annotation, data)
    answer(f"{name}, {len(data)} byte{'s' if len(data) != 1 else ''}")
    for line in dump_lines(parts, data, full=full):
        answer(line)
    end = parts[-1].end if parts else 0
    if error is not None and not error.path and end < len(data):
        rest = data[end : end + 16].hex(" ") + ("…" if len(data) - end > 16 else "")
        answer(f"{end:06x}  {rest:<48} ? {error.reason}")
    return error


def _show_json(name: str, annotation: Any, data: bytes) -> "DecodeError | None":
    from simulator.codec import spans_until_error

    parts, error = spans_until_error(annotation, data)
    wrong = None if error is None else {"offset": error.offset, "path": error.path, "reason": error.reason}
    tree = {"struct": name, "length": len(data), "fields": [_node(part) for part in parts], "error": wrong}
    emit(json.dumps(tree, indent=2, ensure_ascii=False) + "\n")
    return error


def _node(part: "Span") -> dict[str, Any]:
    from simulator.codec import DecodeError, Rest

    node: dict[str, Any] = {"name": part.name, "offset": part.start, "length": part.end - part.start}
    if part.children:
        return {**node, "fields": [_node(child) for child in part.children]}
    match part.value:
        case DecodeError() as error:
            return {**node, "undecoded": error.reason}
        case Rest(items):
            return {**node, "more": items}
        case bytes() as octets:
            return {**node, "hex": octets.hex()}
        case tuple():
            return {**node, "fields": []}
        case value if hasattr(value, "name"):
            return {**node, "value": value.name, "number": int(value)}
        case value:
            return {**node, "value": value}


def _others(data: bytes, structs: Mapping[str, Any]) -> list[str]:
    """The structs that the bytes are an encoding of, if they are long enough to say so and not too long to try."""
    return sorted(_decodable(data, structs))[:5] if len(data) in _TELLING else []


def _decodable(data: bytes, structs: Mapping[str, Any]) -> Iterator[str]:
    from simulator.codec import DecodeError, codec

    for name, annotation in structs.items():
        if _takes_anything(annotation):
            continue
        try:
            codec(annotation).decode(data)
        except DecodeError:
            continue
        yield name


def _takes_anything(annotation: Any) -> bool:
    """Whether all bytes of some number are a value, so that it says nothing of any that they are one."""
    from simulator.codec.declare import wire_of
    from simulator.codec.wire import FixedWire, StructWire, UIntWire

    match wire_of(annotation):
        case StructWire(fields=fields):
            return all(isinstance(each, UIntWire | FixedWire) and when is None for each, when in fields.values())
    return False
