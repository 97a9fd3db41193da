"""base64url as Privacy Pass has it: always padded (RFC 4648 5, RFC 9577 2.1.1)."""

import base64


def write(data: bytes) -> str:
    """The bytes as text, with padding."""
    return base64.urlsafe_b64encode(data).decode()


def read(text: str) -> bytes:
    """The bytes that the text stands for.

    Raises ValueError for anything that `write` would not have written: no padding, another alphabet, bits set behind
    the last octet.
    """
    try:
        data = base64.urlsafe_b64decode(text)
    except ValueError:
        data = None
    if data is None or write(data) != text:
        raise ValueError("not the one base64url encoding with padding")
    return data
