"""What an issuer and an origin can find out together about a token: for which of the requests it may have been issued.

That is a matter of arithmetic: a request fits a token if there is a blinding factor that turns what is signed in the
one into what is signed in the other. Between any two of one key there is one, so the factors say nothing; what is left
to count is who got tokens under the key before.
"""

from collections.abc import Iterable

from simulator.dataclass import dataclass
from simulator.privacy_pass import rsa
from simulator.privacy_pass.rsa import PublicKey
from simulator.privacy_pass.token import Token


@dataclass(frozen=True, slots=True)
class SeenIssuance:
    """What an issuer sees of a token that it issues."""

    holder: str
    """Who it was issued to, as far as the issuer can tell: a pseudonym, or a provider."""
    blinded_msg: bytes
    blind_sig: bytes


def blinding_factor(key: PublicKey, seen: SeenIssuance, token: Token) -> int | None:
    """The factor with which `seen` was the request for this token of `key`; None where there is none."""
    signature, blind_signature = (int.from_bytes(each, "big") for each in (token.authenticator, seen.blind_sig))
    try:
        factor = blind_signature * pow(signature, -1, key.n) % key.n
    except ValueError:
        return None
    blinded = rsa.encrypt(key, factor) * rsa.encrypt(key, signature) % key.n
    return factor if blinded == int.from_bytes(seen.blinded_msg, "big") else None


def possible_holders(key: PublicKey, seen: Iterable[SeenIssuance], token: Token) -> frozenset[str]:
    """For whom a token of `key` may have been issued, by all that its issuer saw before it was redeemed."""
    return frozenset(each.holder for each in seen if blinding_factor(key, each, token) is not None)
