from simulator.codec import decode, encode
from simulator.mls.extensions.extension import (
    GREASE,
    ApplicationId,
    Extension,
    ExtensionType,
    ExternalPub,
    ExternalSenderEntry,
    ExternalSenders,
    RequiredCapabilities,
    find_extension,
    has_duplicate_types,
)
from simulator.mls.tree.credential import BasicCredential


def test_grease_has_fifteen_values() -> None:
    assert GREASE[0] == 0x0A0A
    assert GREASE[-1] == 0xEAEA
    assert len(GREASE) == 15


def test_find_tells_absent_from_empty() -> None:
    extensions = (Extension(ExtensionType.external_pub, b""), Extension(0x0A0A, b"x"))
    assert find_extension(extensions, ExtensionType.external_pub) == b""
    assert find_extension(extensions, 0x0A0A) == b"x"
    assert find_extension(extensions, ExtensionType.ratchet_tree) is None


def test_duplicate_types() -> None:
    one, other = Extension(1, b"a"), Extension(2, b"a")
    assert not has_duplicate_types((one, other))
    assert has_duplicate_types((one, other, Extension(1, b"b")))


def test_bodies_on_the_wire() -> None:
    required = RequiredCapabilities((0x000A,), (), (1, 2))
    assert encode(required) == bytes.fromhex("02000a000400010002")
    senders = ExternalSenders((ExternalSenderEntry(b"k", BasicCredential(b"ds")),))
    assert encode(senders) == bytes.fromhex("07016b0001026473")
    assert decode(ExternalSenders, encode(senders)) == senders
    assert encode(ExternalPub(b"pub")) == b"\x03pub"
    assert encode(ApplicationId(b"id")) == b"\x02id"
