"""The MLS extensions by which MIMI groups and clients know each other (PROTOCOL.md section 4, private-use range)."""

from collections.abc import Sequence

from simulator.codec import DecodeError, decode, encode, struct, uint16
from simulator.mls.extensions.extension import (
    Extension,
    ExtensionType,
    ExternalSenderEntry,
    ExternalSenders,
    find_extension,
)
from simulator.mls.remembered import remembered
from simulator.mls.tree.credential import BasicCredential

LAST_RESORT = 0x000A
MIMI_DS_VERSIONS = 0xF001
MIMI_DS_VERSION = 0xF002
CONNECTION = 0xF003

SUPPORTED = (LAST_RESORT, MIMI_DS_VERSIONS, MIMI_DS_VERSION, CONNECTION)
"""What the capabilities of every MIMI client list."""


MOST_VERSIONS = 64
"""That a leaf says its client speaks. A commit may bring a thousand leaves, so each by itself must be soon read."""


# ProtocolVersion versions<V>;
@struct
class DSVersions:
    """In every LeafNode: the protocol versions the client speaks."""

    versions: tuple[uint16, ...]


# ProtocolVersion version;
@struct
class DSVersion:
    """In every GroupContext: the version of the group, for as long as it lives."""

    version: uint16


def leaf_extensions(versions: Sequence[int], *, connection: bool = False) -> tuple[Extension, ...]:
    """For the leaf of a client; `connection` for a connection KeyPackage and for the creator of a connection group."""
    extensions = (Extension(MIMI_DS_VERSIONS, _encoded(tuple(versions))),)
    return (*extensions, Extension(CONNECTION, b"")) if connection else extensions


@remembered
def _encoded(versions: tuple[int, ...]) -> bytes:
    return encode(DSVersions(versions))


def key_package_extensions(*, last_resort: bool) -> tuple[Extension, ...]:
    """For a KeyPackage itself."""
    return (Extension(LAST_RESORT, b""),) if last_resort else ()


def context_extensions(version: int, provider: str, public_key: bytes) -> tuple[Extension, ...]:
    """For the GroupContext of a new group that `provider`, with this verification key, owns."""
    sender = ExternalSenderEntry(public_key, BasicCredential(provider.encode()))
    return (
        Extension(MIMI_DS_VERSION, encode(DSVersion(version))),
        Extension(ExtensionType.external_senders, encode(ExternalSenders((sender,)))),
    )


def spoken_versions(extensions: Sequence[Extension]) -> tuple[int, ...]:
    """What a leaf says it speaks; nothing if it does not say, or not legibly."""
    data = find_extension(extensions, MIMI_DS_VERSIONS)
    return () if data is None else _decoded(data)


@remembered
def _decoded(versions: bytes) -> tuple[int, ...]:
    try:
        return decode(DSVersions, versions, 1 + MOST_VERSIONS).versions
    except DecodeError:
        return ()


def group_version(extensions: Sequence[Extension]) -> int | None:
    """The version of a group; None if it does not say, or not legibly."""
    data = find_extension(extensions, MIMI_DS_VERSION)
    try:
        return None if data is None else decode(DSVersion, data).version
    except DecodeError:
        return None


def marks_are_empty(extensions: Sequence[Extension]) -> bool:
    """Whether the extensions that only mark something hold nothing, as they are to."""
    return all(find_extension(extensions, mark) in (None, b"") for mark in (CONNECTION, LAST_RESORT))


def is_connection(extensions: Sequence[Extension]) -> bool:
    """Whether a leaf is marked for connections."""
    return find_extension(extensions, CONNECTION) is not None


def is_last_resort(extensions: Sequence[Extension]) -> bool:
    """Whether a KeyPackage is one of last resort."""
    return find_extension(extensions, LAST_RESORT) is not None
