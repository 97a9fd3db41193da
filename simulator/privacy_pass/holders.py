"""Under which names a provider asks for its users' tokens: pseudonyms, others in each window, that only it can link."""

import hmac

from simulator.privacy_pass.redemption_context import Window

PSEUDONYM_SIZE = 32


def holder_pseudonym(key: bytes, issuer: str, window: Window, user: str) -> bytes:
    """What an issuer may call a user (URI) in a window of its budget, by the asking provider's holder key."""
    return hmac.digest(key, issuer.encode() + b"\0" + window.octets + user.encode(), "sha256")


def crowd_order(key: bytes, user: str) -> bytes:
    """What users are sorted by to be put into crowds: an order that nobody else knows, and that stays."""
    return hmac.digest(key, b"crowd" + user.encode(), "sha256")
