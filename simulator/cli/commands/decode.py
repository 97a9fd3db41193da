"""`mimi-sim decode`."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from simulator.cli.arguments import Draft
from simulator.cli.byte_arguments import Notation, given, text_given
from simulator.cli.exits import Exit
from simulator.cli.output.console import answer, complain, emit
from simulator.errors import SimulatorError

if TYPE_CHECKING:
    from simulator.cli.running.wire_types import Decoded
    from simulator.codec import DecodeError, Span


def _complete(incomplete: str) -> list[str]:
    from simulator.cli.running.wire_types import declared

    return [name for name in declared().names if name.lower().startswith(incomplete.lower())]


Struct = Annotated[
    str | None,
    typer.Argument(
        metavar="STRUCT",
        help="A struct of the draft, of RFC 9420 (KeyPackage) or of Privacy Pass (TokenChallenge), or a header of "
        "its (WWW-Authenticate); without it, all names are listed.",
        autocompletion=_complete,
        show_default=False,
    ),
]


def decode(
    struct: Struct = None,
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
    trace: Annotated[
        Path | None,
        typer.Option("--trace", metavar="DIR|FILE", help="Decode as the draft was when this trace was recorded."),
    ] = None,
    draft: Draft = None,
) -> None:
    """Decode bytes of the wire: an annotated hex dump, and what is wrong with them.

    Hex may have spaces, line breaks, colons and 0x in it. Bytes that can't be decoded to their end are shown as far as
    they can, with the offset and the field where it went wrong; the exit code is 1 then.

    Examples:

        mimi-sim decode KeyPackage capture.bin
        mimi-sim decode Extension "00 05 01 00"
        curl ... | mimi-sim decode Welcome --full
        mimi-sim decode KeyPackage capture.bin --trace traces
        mimi-sim decode Authorization 'PrivateToken token="AAIQ4sWb..."'
    """
    from simulator.cli.output.token_headers import HEADERS
    from simulator.cli.running.wire_types import wire_types

    try:
        types = wire_types(draft, trace)
        if struct is None:
            for name in sorted((*types.names, *HEADERS.values())):
                answer(name)
            return
        if struct.lower() in HEADERS:
            _show_header(struct, text_given(source), as_json=as_json)
            return
        name = types.find(struct)
        data = given(source, notation)
    except SimulatorError as error:
        complain(str(error))
        raise typer.Exit(Exit.usage) from None
    decoded = types.decode(name, data)
    wrong = _show_json(struct, decoded, data) if as_json else _show(struct, decoded, data, full=full)
    if wrong is not None:
        _complain(struct, wrong, types.others(data))
        raise typer.Exit(Exit.failed)


def _show_header(name: str, value: str, *, as_json: bool) -> None:
    from simulator.cli.output.token_headers import header_lines, header_values, is_readable

    if as_json:
        emit(json.dumps(header_values(name, value), indent=2, ensure_ascii=False) + "\n")
    else:
        answer("\n".join(header_lines(name, value)))
    if not is_readable(name, value):
        raise typer.Exit(Exit.failed)


def _complain(struct: str, wrong: "DecodeError", others: list[str]) -> None:
    complain(f"{struct}: {wrong}")
    if others:
        complain(f"all of it decodes as {', '.join(others)}")


def _show(name: str, decoded: "Decoded", data: bytes, *, full: bool) -> "DecodeError | None":
    from simulator.codec import dump_lines

    parts, error = decoded
    answer(f"{name}, {len(data)} byte{'s' if len(data) != 1 else ''}")
    for line in dump_lines(parts, data, full=full):
        answer(line)
    end = parts[-1].end if parts else 0
    if error is not None and not error.path and end < len(data):
        rest = data[end : end + 16].hex(" ") + ("…" if len(data) - end > 16 else "")
        answer(f"{end:06x}  {rest:<48} ? {error.reason}")
    return error


def _show_json(name: str, decoded: "Decoded", data: bytes) -> "DecodeError | None":
    parts, error = decoded
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
