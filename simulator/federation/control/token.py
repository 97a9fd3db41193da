"""The secret without which the control interface does nothing: every user of the machine can reach its port."""

import base64
import binascii
import hmac
import secrets

from simulator.net import HTTPRequest

USER = "mimi"
"""The user's name in a URL that carries the token; any will do."""


def new_token() -> str:
    """256 bits, in characters that need no quoting in URLs, headers and shells."""
    return secrets.token_urlsafe(32)


def carries(request: HTTPRequest, token: str) -> bool:
    """Whether a request has the token in its Authorization: `Bearer` (RFC 6750 2.1), or as the password of `Basic`
    (RFC 7617), which is what programs make of a URL with a password in it.
    """
    scheme, _, credentials = (request.header("authorization") or "").partition(" ")
    match scheme.lower():
        case "bearer":
            said = credentials.strip()
        case "basic":
            said = _password(credentials.strip())
        case _:
            return False
    return hmac.compare_digest(said.encode("latin-1", "replace"), token.encode())


def with_token(url: str, token: str) -> str:
    """A URL that carries the token."""
    return url.replace("://", f"://{USER}:{token}@", 1)


def _password(credentials: str) -> str:
    try:
        return base64.b64decode(credentials, validate=True).decode("latin-1").partition(":")[2]
    except (binascii.Error, ValueError):
        return ""
