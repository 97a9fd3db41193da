"""The DNS names of a certificate that OpenSSL has verified, read without a second judgement of all the rest of it.

X.509 libraries disagree about which certificates can be parsed as a whole. Here one thing is looked for, the
subjectAltName extension (RFC 5280 4.1, 4.2.1.6), and what can't be read is passed over.
"""

from collections.abc import Iterator

_SEQUENCE = 0x30
_OBJECT_IDENTIFIER = 0x06
_OCTET_STRING = 0x04
_EXTENSIONS = 0xA3
"""`[3]` in a TBSCertificate."""
_DNS_NAME = 0x82
"""`[2]` in a GeneralName."""
_SUBJECT_ALT_NAME = bytes.fromhex("551d11")
"""2.5.29.17"""


def dns_names(certificate: bytes) -> tuple[str, ...]:
    """The DNS names in a certificate (DER), in its order, as written; those that are ASCII, as IA5String has it.

    None of bytes that are no certificate. Raises nothing. Wildcards are names like others.
    """
    return tuple(
        name.decode("ascii") for value in _subject_alt_names(certificate) for name in _dns(value) if name.isascii()
    )


def _subject_alt_names(certificate: bytes) -> Iterator[bytes]:
    tbs = next(_contents(certificate, _SEQUENCE, _SEQUENCE), b"")
    for extension in _contents(tbs, _EXTENSIONS, _SEQUENCE, _SEQUENCE):
        match list(_elements(extension)):
            case [(tag, oid), *_, (kind, value)] if (tag, oid, kind) == (
                _OBJECT_IDENTIFIER,
                _SUBJECT_ALT_NAME,
                _OCTET_STRING,
            ):
                yield value


def _dns(value: bytes) -> Iterator[bytes]:
    return _contents(value, _SEQUENCE, _DNS_NAME)


def _contents(data: bytes, tag: int, *below: int) -> Iterator[bytes]:
    """What is in the elements of this tag; with more tags, in those of the next tag inside of them, and so on."""
    for found, content in _elements(data):
        if found == tag:
            yield from _contents(content, *below) if below else (content,)


def _elements(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of one DER element after the other (X.690 8.1); ends early where there is none."""
    position = 0
    while position + 2 <= len(data):
        tag, size = data[position], data[position + 1]
        position += 2
        if size >= 0x80:
            count = size & 0x7F
            size = int.from_bytes(data[position : position + count], "big")
            position += count
            if not 0 < count <= 4:
                return
        if position + size > len(data):
            return
        yield tag, data[position : position + size]
        position += size
