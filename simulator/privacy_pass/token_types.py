"""The registered token types (RFC 9577 6.2.1, RFC 9578 8.2), as far as we know them."""

BLIND_RSA = 0x0002
"""Blind RSA (2048-bit), the one that we speak."""

RESERVED = (
    *(0x0000, 0x02AA, 0x1132, 0x2E96, 0x3CD3, 0x4473, 0x5A63, 0x6D32, 0x7F3F),
    *(0x8D07, 0x916B, 0xA6A4, 0xBEAB, 0xC3F3, 0xDA42, 0xE944, 0xF057),
)
"""Types that nobody will ever support, sent so that everybody learns to ignore what they don't know."""


def token_type(data: bytes) -> int | None:
    """The type that a struct begins with; None where it is too short to have one."""
    return int.from_bytes(data[:2], "big") if len(data) >= 2 else None
