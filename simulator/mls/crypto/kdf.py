"""HKDF and HMAC over one hash (RFC 5869, RFC 2104)."""

import hashlib
import hmac


class KDF:
    """HKDF with a hash; `size` is Nh, the length in bytes of a hash, a MAC and an extracted secret."""

    def __init__(self, identifier: int, hash_name: str) -> None:
        self.identifier = identifier
        self.hash_name = hash_name
        self.size = hashlib.new(hash_name).digest_size

    def hash(self, data: bytes) -> bytes:
        """The hash of `data`."""
        return hashlib.new(self.hash_name, data).digest()

    def mac(self, key: bytes, data: bytes) -> bytes:
        """HMAC of `data` under `key`."""
        return hmac.digest(key, data, self.hash_name)

    def extract(self, salt: bytes, ikm: bytes) -> bytes:
        """HKDF-Extract: a key of `size` bytes."""
        return hmac.digest(salt, ikm, self.hash_name)

    def expand(self, prk: bytes, info: bytes, length: int) -> bytes:
        """HKDF-Expand: `length` bytes, at most 255 hashes long."""
        if length > 255 * self.size:
            raise ValueError(f"HKDF-Expand yields at most {255 * self.size} bytes, not {length}")
        block = hmac.digest(prk, info + b"\x01", self.hash_name)
        output = block
        counter = 2
        while len(output) < length:
            block = hmac.digest(prk, block + info + bytes((counter,)), self.hash_name)
            output += block
            counter += 1
        return output[:length]


HKDF_SHA256 = KDF(0x0001, "sha256")
HKDF_SHA384 = KDF(0x0002, "sha384")
HKDF_SHA512 = KDF(0x0003, "sha512")


class LabeledKDF:
    """LabeledExtract and LabeledExpand of RFC 9180 4, for one suite_id."""

    def __init__(self, kdf: KDF, suite_id: bytes) -> None:
        self._kdf = kdf
        self._prefix = b"HPKE-v1" + suite_id

    def extract(self, salt: bytes, label: bytes, ikm: bytes) -> bytes:
        """LabeledExtract."""
        return self._kdf.extract(salt, self._prefix + label + ikm)

    def expand(self, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
        """LabeledExpand."""
        return self._kdf.expand(prk, length.to_bytes(2, "big") + self._prefix + label + info, length)
