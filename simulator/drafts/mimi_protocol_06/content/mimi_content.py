"""MIMI content ([MC]) as deterministic CBOR: what application_data is.

Everything here may come from an enemy: what is read is bounded in depth, has no tags, and is the one encoding of what
it says. cbor2 is told to build nothing but numbers, strings, arrays and maps.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import astuple
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, NoReturn

from simulator.codec import MOST_VALUES
from simulator.dataclass import dataclass
from simulator.drafts.mimi_protocol_06.content.external_part import ExternalPart
from simulator.drafts.mimi_protocol_06.room.rule import room_rule
from simulator.errors import Misuse
from simulator.mls.errors import InvalidMessage
from simulator.rules import check, refuse

if TYPE_CHECKING:
    from cbor2 import CBOREncoder

CONTENT_PAGE = "PROTOCOL.md, Content"
MALFORMED = "malformed_content"
"""By which name content that can't be read is rejected."""

FORM = room_rule("P6-7-CONTENT", CONTENT_PAGE, slug=MALFORMED, part="CBOR", essential="there is nothing to be read")
SHAPE = room_rule(
    "P6-7-CONTENT", CONTENT_PAGE, slug=MALFORMED, part="SHAPE", essential="nobody could tell what is what"
)
FEW_VALUES = room_rule("P6-7-CONTENT", CONTENT_PAGE, slug=MALFORMED, part="VALUES")
DETERMINISTIC = room_rule("P6-7-CONTENT", CONTENT_PAGE, slug=MALFORMED, part="DETERMINISTIC")

SALT_SIZE = 16
SENDER_URI = 1
ROOM_URI = 2
PLAIN_TEXT = "text/plain;charset=utf-8"

_SHA_256 = b"\x01"
_MOST_NESTED = 32
_RENDER, _ATTACHMENT = 1, 6
_SINGLE, _EXTERNAL, _MULTI = 1, 2, 3
_MOST_SEMANTICS = 2
_MESSAGE_ID_SIZE = 32
_FIELDS: Mapping[int, tuple[type | int, ...]] = {
    0: (),
    _SINGLE: (str, bytes),
    _EXTERNAL: (str, str, 4, 8, 2, bytes, bytes, bytes, 1, bytes, str, str),
}
"""Of NullPart, SinglePart and ExternalPart, behind the cardinality: types, and unsigned integers by size in bytes."""


@dataclass(frozen=True, slots=True)
class MIMIContent:
    """What one can tell of a message: its salt, whom and which room it names, and what it says."""

    salt: bytes
    sender: str | None
    """The URI of the user, in extension 1."""
    room: str | None
    """In extension 2."""
    body: bytes
    """The content of the one part, or of the first of several, or how an external one is described; empty if there is
    none."""
    external: ExternalPart | None = None
    """The one part that is elsewhere, or the first of several."""


def encode_content(salt: bytes, sender: str, room: str, text: bytes) -> bytes:
    """The content by which a user says a text in a room. Raises ValueError for a salt that is none: our own bug."""
    return _content(salt, sender, room, [_RENDER, "", _SINGLE, PLAIN_TEXT, text])


def encode_external(salt: bytes, sender: str, room: str, part: ExternalPart) -> bytes:
    """The content by which a user refers to an asset in a room. Raises ValueError as `encode_content` does."""
    return _content(salt, sender, room, _nested(part))


def encode_part(part: ExternalPart) -> bytes:
    """The part alone, as it is in the content."""
    return _encoded(_nested(part))


def decode_part(data: bytes) -> ExternalPart:
    """The part that `encode_part` has encoded."""
    return ExternalPart(*_decoded(data)[3:])


def _nested(part: ExternalPart) -> list[Any]:
    return [_ATTACHMENT, "", _EXTERNAL, *astuple(part)]


def _content(salt: bytes, sender: str, room: str, part: list[Any]) -> bytes:
    if len(salt) != SALT_SIZE:
        raise ValueError(f"a salt has {SALT_SIZE} bytes, not {len(salt)}")
    return _encoded([salt, None, b"", None, None, {SENDER_URI: sender, ROOM_URI: room}, part])


def decode_content(data: bytes) -> MIMIContent:
    """What application_data says. Raises InvalidMessage (`malformed_content`)."""
    value = _decoded(data)
    words = f"the application data has more than {MOST_VALUES} values"
    check(FEW_VALUES, _counts_up_to(MOST_VALUES, value), words, kind=InvalidMessage)
    if not _is_content(value):
        refuse(SHAPE, "the application data is CBOR, but no MIMI content", kind=InvalidMessage)
    same = _encoded(value) == data
    check(DETERMINISTIC, same, "the application data is not deterministic CBOR", kind=InvalidMessage)
    salt, extensions, part = value[0], value[5], value[6]
    leaves = list(_leaves(part))
    said = (leaf[4] if leaf[2] == _SINGLE else ExternalPart(*leaf[3:]).description.encode() for leaf in leaves)
    external = next((ExternalPart(*leaf[3:]) for leaf in leaves if leaf[2] == _EXTERNAL), None)
    return MIMIContent(bytes(salt), extensions.get(SENDER_URI), extensions.get(ROOM_URI), next(said, b""), external)


def message_id(data: bytes, salt: bytes, sender: str, room: str) -> bytes:
    """By which others refer to the message with this content ([MC] Message ID)."""
    counted = b"".join(len(name).to_bytes(2, "big") + name for name in (sender.encode(), room.encode()))
    return _SHA_256 + hashlib.sha256(counted + data + salt).digest()[:31]


class _NoTags(Mapping[int, Callable[..., NoReturn]]):
    """What cbor2 makes of tags: of each, whatever its number, nothing."""

    def __getitem__(self, tag: int) -> Callable[..., NoReturn]:
        return _refuse_tag

    def __iter__(self) -> Iterator[int]:
        return iter(range(65_536))

    def __len__(self) -> int:
        return 65_536


def _refuse_tag(*_: Any) -> NoReturn:
    raise ValueError("there are no tags in MIMI content")


@cache
def loaded_cbor2() -> Any:
    """Loaded when content is written or read: for macOS on Intel there are no wheels of it. Raises Misuse."""
    try:
        return import_module("cbor2")
    except ModuleNotFoundError:
        words = "MIMI content needs cbor2, which is not installed; for macOS on Intel there are no wheels of it"
        raise Misuse(words) from None


def _decoded(data: bytes) -> Any:
    cbor2 = loaded_cbor2()
    try:
        return cbor2.loads(
            data,
            tag_hook=_refuse_tag,
            semantic_decoders=_NO_TAGS,
            max_depth=_MOST_NESTED,
            allow_indefinite=False,
            allow_duplicate_keys=False,
        )
    except (cbor2.CBORDecodeError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        refuse(FORM, f"the application data is no CBOR: {error}", error, kind=InvalidMessage)


def _counts_up_to(most: int, value: Any) -> bool:
    """Whether there are no more than so many items in all arrays and maps: whoever looks at them takes his time."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, list | tuple):
            waiting.extend(item)
            most -= len(item)
        elif isinstance(item, Mapping):
            waiting.extend((*item.keys(), *item.values()))
            most -= 2 * len(item)
        if most < 0:
            return False
    return True


def _encoded(value: Any) -> bytes:
    """The core deterministic encoding of RFC 8949 4.2.1. (cbor2's `canonical` sorts maps as RFC 7049 did.)"""
    return bytes(loaded_cbor2().dumps(_sorted(value), encoders={float: _encode_float}))


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        ordered = sorted(value.items(), key=lambda item: _encoded(item[0]))
        return {key: _sorted(inner) for key, inner in ordered}
    return [_sorted(inner) for inner in value] if isinstance(value, list | tuple) else value


def _encode_float(encoder: "CBOREncoder", value: float) -> None:
    encoder.write(loaded_cbor2().dumps(value, canonical=True))


_NO_TAGS = _NoTags()


def _is_content(value: Any) -> bool:
    """mimiContent of [MC]."""
    return (
        isinstance(value, list)
        and len(value) == 7
        and _is_bytes(value[0], SALT_SIZE)
        and (value[1] is None or _is_bytes(value[1], _MESSAGE_ID_SIZE))
        and isinstance(value[2], bytes)
        and (value[3] is None or _is_expiration(value[3]))
        and (value[4] is None or _is_bytes(value[4], _MESSAGE_ID_SIZE))
        and _are_extensions(value[5])
        and _is_part(value[6])
    )


def _is_expiration(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and isinstance(value[0], bool) and _is_uint(value[1], 4)


def _are_extensions(value: Any) -> bool:
    return (
        isinstance(value, Mapping)
        and all(_is_name(key) for key in value)
        and all(isinstance(value.get(key, ""), str) for key in (SENDER_URI, ROOM_URI))
    )


def _is_name(key: Any) -> bool:
    if isinstance(key, str):
        return 1 <= len(key.encode()) <= 255
    return isinstance(key, int) and not isinstance(key, bool)


def _is_part(value: Any) -> bool:
    """NestedPart of [MC]; how deep is bounded by the decoder."""
    if not (isinstance(value, list) and len(value) >= 3 and _is_uint(value[0], 1) and isinstance(value[1], str)):
        return False
    cardinality, rest = value[2], value[3:]
    if not _is_uint(cardinality, 1):
        return False
    if cardinality == _MULTI:
        return (
            len(rest) == 2
            and _is_uint(rest[0], 1)
            and rest[0] <= _MOST_SEMANTICS
            and isinstance(rest[1], list)
            and len(rest[1]) >= 2
            and all(_is_part(part) for part in rest[1])
        )
    fields = _FIELDS.get(cardinality)
    return fields is not None and len(rest) == len(fields) and all(map(_fits, rest, fields))


def _fits(value: Any, kind: type | int) -> bool:
    """Whether a field is of this type or, for a number, an unsigned integer of so many bytes."""
    return _is_uint(value, kind) if isinstance(kind, int) else isinstance(value, kind)


def _is_bytes(value: Any, size: int) -> bool:
    return isinstance(value, bytes) and len(value) == size


def _is_uint(value: Any, size: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << (8 * size)


def _leaves(part: Any) -> Iterator[Any]:
    """The single and external parts, depth first."""
    if part[2] in (_SINGLE, _EXTERNAL):
        yield part
    elif part[2] == _MULTI:
        for inner in part[4]:
            yield from _leaves(inner)
