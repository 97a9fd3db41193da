"""Signatures over requests, and what exactly is signed."""

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from simulator.dataclass import dataclass
from simulator.mls.crypto import CipherSuite
from simulator.rules import Rule, check
from simulator.services.refusal import Code, Refusal

SIGNED = "RFC 9420 5.1.2"
"""What demands that a signature verifies."""

GENUINE = Rule(SIGNED, partial(Refusal, Code.invalid_signature, section=SIGNED))
"""Whose requirement it is, whoever has asked for the check may say."""


Sign: TypeAlias = Callable[[str, bytes], bytes]
"""SignWithLabel with somebody's private key: (label, content) -> signature (RFC 9420 5.1.2)."""


def signer(suite: CipherSuite, private_key: bytes) -> Sign:
    """The `Sign` of a private key, which can be sent to another process."""
    return partial(suite.sign_with_label, private_key)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that came with a request, and the bytes under it; the draft knows how these are made."""

    label: str
    content: bytes
    value: bytes

    def check(self, suite: CipherSuite, public_key: bytes, whose: str, genuine: Rule = GENUINE) -> None:
        """Raises Refusal, naming `whose` key it was checked with, unless the signature is `genuine`."""
        check(genuine, self.verifies(suite, public_key), not_verified_with(whose))

    def verifies(self, suite: CipherSuite, public_key: bytes) -> bool:
        """Whether it was made with the private key of this one."""
        return suite.verifies_with_label(public_key, self.label, self.content, self.value)


def not_verified_with(whose: str) -> str:
    """What to say of a signature that was made with another key than that of `whose`."""
    return f"the signature does not verify with the key of {whose}"
