"""What a message says of an asset, and whether what was downloaded is that ([MC] External content; [P] 5.10).

An asset is encrypted with AES-128-GCM under a key of its own. Size and hash are those of what is at the URL.
"""

import hashlib

from simulator.dataclass import dataclass
from simulator.drafts.attachments import BadFile, SealedFile
from simulator.drafts.mimi_protocol_06.names import asset_place
from simulator.mls.crypto.aead import AES_128_GCM
from simulator.mls.crypto.randomness import Rand
from simulator.mls.errors import DecryptionError
from simulator.rules import Rule, check, refuse, within
from simulator.services.names import BadName, user_provider
from simulator.services.results import UploadedFile

LARGEST = 1024 * 1024
"""Bytes of an asset as it is kept and sent."""
SHA_256 = 1
"""In the registry of hash algorithms for named information."""
_NO_PLACE = "nobody is named whom one could ask"


def _rule(requirement: str, slug: str, *, part: str = "", essential: str | None = None) -> Rule:
    """The rule whose breach is a BadFile with this slug: the member that asks does not take the file."""

    def broken(words: str) -> BadFile:
        return BadFile(slug, words)

    return Rule(requirement, broken, part, essential)


PLACE = _rule("P6-4.9-PLACE", "no_asset_url", part="URL", essential=_NO_PLACE)
SENDERS = _rule("P6-4.9-PLACE", "asset_elsewhere", part="PROVIDER")
EXPIRES = _rule("P6-4.9-EXPIRES", "asset_expired")
ALGORITHMS = _rule("P6-4.9-ALGORITHMS", "asset_algorithms", essential="nothing says how it is opened")
ANNOUNCED = _rule("P6-4.9-LARGEST", "asset_too_large", part="ANNOUNCED")
SIZE = _rule("P6-4.9-AS-SAID", "asset_size", part="SIZE")
HASH = _rule("P6-4.9-AS-SAID", "asset_hash", part="HASH")
OPENS = _rule("P6-4.9-AS-SAID", "asset_undecryptable", part="KEY", essential="what does not open can't be read")


@dataclass(frozen=True, slots=True)
class ExternalPart:
    """The fields of ExternalPart, behind the cardinality, in their order."""

    content_type: str
    url: str
    expires: int
    """Seconds since 1970; 0 for never."""
    size: int
    """0 where it is not said."""
    enc_alg: int
    key: bytes
    nonce: bytes
    aad: bytes
    hash_alg: int
    content_hash: bytes
    description: str
    filename: str


def seal(file: bytes, rand: Rand) -> SealedFile:
    """A file under a fresh key: that and the nonce open it."""
    key, nonce = rand("asset_key", AES_128_GCM.key_size), rand("asset_nonce", AES_128_GCM.nonce_size)
    return SealedFile(AES_128_GCM.seal(key, nonce, b"", file), key + nonce)


def part_for(sealed: SealedFile, uploaded: UploadedFile, description: str) -> ExternalPart:
    """What a message says of an asset that was uploaded."""
    key, nonce = sealed.opening[: AES_128_GCM.key_size], sealed.opening[AES_128_GCM.key_size :]
    return ExternalPart(
        "application/octet-stream",
        uploaded.url,
        uploaded.expires,
        len(sealed.data),
        AES_128_GCM.identifier,
        key,
        nonce,
        b"",
        SHA_256,
        hashlib.sha256(sealed.data).digest(),
        description,
        "",
    )


def check_announced(part: ExternalPart, sender: str, now: int) -> tuple[str, str]:
    """The provider of the asset and the asset's id there, if it is worth asking for it: it is with the provider of the
    `sender` (a user), which is no proxy for others, has not expired, is not too large, and can be opened.

    Raises BadFile.
    """
    try:
        provider, asset = asset_place(part.url)
    except BadName as error:
        refuse(PLACE, str(error), error)
    at_senders = provider == user_provider(sender)
    check(SENDERS, at_senders, f"{sender} refers to an asset that is kept at {provider}")
    in_time = part.expires == 0 or now <= part.expires
    check(EXPIRES, in_time, f"the asset was to be had until {part.expires}, now it is {now}")
    fits = part.size <= LARGEST
    check(ANNOUNCED, fits, f"an asset has at most {LARGEST} bytes, this one is said to have {part.size}")
    sizes = (len(part.key), len(part.nonce)) == (AES_128_GCM.key_size, AES_128_GCM.nonce_size)
    if (part.enc_alg, part.hash_alg) != (AES_128_GCM.identifier, SHA_256) or not sizes:
        refuse(ALGORITHMS, f"AEAD {part.enc_alg} and hash {part.hash_alg} are not AES-128-GCM and SHA-256, or misused")
    return provider, asset


def opened(part: ExternalPart, data: bytes) -> bytes:
    """The file in what was downloaded. Raises BadFile where that is not what the message refers to."""
    right = part.size in (0, len(data))
    check(SIZE, right, f"the asset has {len(data)} bytes, the message says {part.size}")
    same = hashlib.sha256(data).digest() == part.content_hash
    check(HASH, same, "the asset has another hash than the message says")
    try:
        with within(OPENS.id, OPENS.requirement):
            return AES_128_GCM.open(part.key, part.nonce, part.aad, data)
    except DecryptionError as error:
        refuse(OPENS, "the asset does not open with the key in the message", error)
