"""The body of a request as the structs in it: one, or several back to back, of which a path says by number which."""

from collections.abc import Callable
from typing import Any

from simulator.codec import decode, decode_prefix, encode
from simulator.drafts.requests.endpoint import HTTPEndpoint
from simulator.errors import SimulatorError

Change = Callable[[Any, str], Any]
"""A struct with something changed at a path."""


def structs_in(endpoint: HTTPEndpoint, body: bytes) -> tuple[Any, ...]:
    """What is in a request's body. Raises SimulatorError for an endpoint that takes no struct, and DecodeError."""
    kind = endpoint.request
    if kind is None:
        raise SimulatorError(f"{endpoint.name} takes no body that could be changed")
    if not endpoint.several:
        return (decode(kind, body),)
    found: list[Any] = []
    offset = 0
    while offset < len(body):
        struct: Any
        struct, offset = decode_prefix(kind, body, offset)
        found.append(struct)
    return tuple(found)


def body_of(structs: tuple[Any, ...]) -> bytes:
    """Structs back to back."""
    return b"".join(map(encode, structs))


def changed(endpoint: HTTPEndpoint, structs: tuple[Any, ...], path: str, change: Change) -> tuple[Any, ...]:
    """The structs, of which the one that the path leads into is changed. Raises SimulatorError."""
    number, inner = split(endpoint, path)
    if number >= len(structs):
        there = "is 1 struct" if len(structs) == 1 else f"are {len(structs)} structs"
        raise SimulatorError(f"{path}: there {there} in the body, and no [{number}]")
    return (*structs[:number], change(structs[number], inner), *structs[number + 1 :])


def split(endpoint: HTTPEndpoint, path: str) -> tuple[int, str]:
    """The number of the struct that a path leads into, and the path in it. Raises SimulatorError where there may be
    several, and the path does not begin with a number.
    """
    if not endpoint.several:
        return 0, path
    number, _, inner = path.partition(".")
    if not number.isdigit() or not inner:
        raise SimulatorError(f"{path}: {endpoint.name} takes several structs: say which, from 0, as in 0.{path}")
    return int(number), inner
