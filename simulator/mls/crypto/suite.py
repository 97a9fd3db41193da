"""The seven cipher suites and the labelled operations they offer (RFC 9420 5.1, 5.2, 8, 17.1)."""

import hmac
from dataclasses import field

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.crypto.aead import AEAD, AES_128_GCM, AES_256_GCM, CHACHA20_POLY1305
from simulator.mls.crypto.hpke import HPKE
from simulator.mls.crypto.inputs import EncryptContext, HPKECiphertext, KDFLabel, RefHashInput, SignContent
from simulator.mls.crypto.kdf import HKDF_SHA256, HKDF_SHA384, HKDF_SHA512, KDF
from simulator.mls.crypto.kem import (
    DHKEM_P256,
    DHKEM_P384,
    DHKEM_P521,
    DHKEM_X448,
    DHKEM_X25519,
    KEM,
    KeyPair,
)
from simulator.mls.crypto.randomness import Rand
from simulator.mls.crypto.signature import ECDSA, Ed448, Ed25519, SignatureScheme
from simulator.mls.errors import InvalidSignature, UnsupportedCipherSuite
from simulator.mls.rule import rule
from simulator.rules import check, refuse

SIGNATURE = rule(InvalidSignature, "5.1.2", "invalid_signature", "What is signed is signed with the key that it names.")
SUITE = rule(
    UnsupportedCipherSuite,
    "17.1",
    "unsupported_cipher_suite",
    "A cipher suite is one of the registered ones.",
    essential="nothing can be computed in another one",
)

_EXTERNAL_INIT = b"MLS 1.0 external init secret"


@dataclass(frozen=True)
class CipherSuite:
    """One cipher suite. `value` is its number on the wire; all keys, secrets and hashes are bytes."""

    value: int
    name: str
    kem: KEM
    kdf: KDF
    aead: AEAD
    signature: SignatureScheme
    hpke: HPKE = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "hpke", HPKE(self.kem, self.kdf, self.aead))

    @property
    def secret_size(self) -> int:
        """KDF.Nh: the size in bytes of every secret, hash and MAC."""
        return self.kdf.size

    @property
    def zero(self) -> bytes:
        """The all-zero secret that RFC 9420 8 writes as 0."""
        return bytes(self.kdf.size)

    def hash(self, data: bytes) -> bytes:
        """The suite's hash, as used for trees and transcripts."""
        return self.kdf.hash(data)

    def mac(self, key: bytes, data: bytes) -> bytes:
        """The suite's MAC."""
        return self.kdf.mac(key, data)

    def mac_is_valid(self, key: bytes, data: bytes, tag: bytes) -> bool:
        """Whether `tag` is the MAC of `data`, in constant time."""
        return hmac.compare_digest(self.kdf.mac(key, data), tag)

    def generate_hpke_key_pair(self, rand: Rand, purpose: str) -> KeyPair:
        """A fresh HPKE key pair; draws under `purpose`."""
        return self.kem.derive_key_pair(rand(purpose, self.kem.private_size))

    def derive_key_pair(self, secret: bytes) -> KeyPair:
        """KEM.DeriveKeyPair (RFC 9420 7.4, 8)."""
        return self.kem.derive_key_pair(secret)

    def generate_signature_key_pair(self, rand: Rand, purpose: str = "signature_key") -> KeyPair:
        """A fresh signature key pair; draws under `purpose`."""
        return self.signature.key_pair(rand(purpose, self.signature.seed_size))

    def expand_with_label(self, secret: bytes, label: str, context: bytes, length: int) -> bytes:
        """ExpandWithLabel (RFC 9420 8)."""
        info = encode(KDFLabel(length, b"MLS 1.0 " + label.encode(), context))
        return self.kdf.expand(secret, info, length)

    def derive_secret(self, secret: bytes, label: str) -> bytes:
        """DeriveSecret (RFC 9420 8)."""
        return self.expand_with_label(secret, label, b"", self.kdf.size)

    def derive_tree_secret(self, secret: bytes, label: str, generation: int, length: int) -> bytes:
        """DeriveTreeSecret (RFC 9420 9.1)."""
        return self.expand_with_label(secret, label, generation.to_bytes(4, "big"), length)

    def ref_hash(self, label: str, value: bytes) -> bytes:
        """RefHash (RFC 9420 5.2); here the label is taken as it is."""
        return self.kdf.hash(encode(RefHashInput(label.encode(), value)))

    def key_package_ref(self, key_package: bytes) -> bytes:
        """MakeKeyPackageRef of an encoded KeyPackage (RFC 9420 5.2)."""
        return self.ref_hash("MLS 1.0 KeyPackage Reference", key_package)

    def proposal_ref(self, authenticated_content: bytes) -> bytes:
        """MakeProposalRef of the encoded AuthenticatedContent that carries the proposal (RFC 9420 5.2)."""
        return self.ref_hash("MLS 1.0 Proposal Reference", authenticated_content)

    def sign_with_label(self, private: bytes, label: str, content: bytes) -> bytes:
        """SignWithLabel (RFC 9420 5.1.2). Raises ValueError for what is no private key."""
        return self.signature.sign(private, encode(SignContent(b"MLS 1.0 " + label.encode(), content)))

    def verifies_with_label(self, public: bytes, label: str, content: bytes, signature: bytes) -> bool:
        """VerifyWithLabel (RFC 9420 5.1.2)."""
        return self.signature.verify(public, encode(SignContent(b"MLS 1.0 " + label.encode(), content)), signature)

    def verify_with_label(self, public: bytes, label: str, content: bytes, signature: bytes) -> None:
        """The same for what is nowhere else demanded to be signed. Raises InvalidSignature."""
        genuine = self.verifies_with_label(public, label, content, signature)
        check(SIGNATURE, genuine, f"the signature over a {label} does not verify")

    def encrypt_with_label(
        self, public: bytes, label: str, context: bytes, plaintext: bytes, rand: Rand
    ) -> HPKECiphertext:
        """EncryptWithLabel (RFC 9420 5.1.3); draws the ephemeral key. Raises InvalidKey."""
        info = encode(EncryptContext(b"MLS 1.0 " + label.encode(), context))
        ikm = rand("hpke_ephemeral", self.kem.private_size)
        kem_output, ciphertext = self.hpke.seal(public, info, plaintext, ikm)
        return HPKECiphertext(kem_output, ciphertext)

    def decrypt_with_label(self, private: bytes, label: str, context: bytes, ciphertext: HPKECiphertext) -> bytes:
        """DecryptWithLabel (RFC 9420 5.1.3). Raises DecryptionError or InvalidKey."""
        info = encode(EncryptContext(b"MLS 1.0 " + label.encode(), context))
        return self.hpke.open(private, ciphertext.kem_output, info, ciphertext.ciphertext)

    def send_external_init(self, external_pub: bytes, rand: Rand) -> tuple[bytes, bytes]:
        """The joiner's side of RFC 9420 8.3: (kem_output, init_secret). Raises InvalidKey."""
        ikm = rand("hpke_ephemeral", self.kem.private_size)
        return self.hpke.send_export(external_pub, _EXTERNAL_INIT, self.kdf.size, ikm)

    def receive_external_init(self, external_priv: bytes, kem_output: bytes) -> bytes:
        """The members' side of RFC 9420 8.3: the init_secret. Raises InvalidKey."""
        return self.hpke.receive_export(external_priv, kem_output, _EXTERNAL_INIT, self.kdf.size)


_ED25519 = Ed25519()
_ED448 = Ed448()

CIPHER_SUITES: tuple[CipherSuite, ...] = (
    CipherSuite(1, "MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519", DHKEM_X25519, HKDF_SHA256, AES_128_GCM, _ED25519),
    CipherSuite(
        2,
        "MLS_128_DHKEMP256_AES128GCM_SHA256_P256",
        DHKEM_P256,
        HKDF_SHA256,
        AES_128_GCM,
        ECDSA(ec.SECP256R1(), hashes.SHA256()),
    ),
    CipherSuite(
        3,
        "MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519",
        DHKEM_X25519,
        HKDF_SHA256,
        CHACHA20_POLY1305,
        _ED25519,
    ),
    CipherSuite(4, "MLS_256_DHKEMX448_AES256GCM_SHA512_Ed448", DHKEM_X448, HKDF_SHA512, AES_256_GCM, _ED448),
    CipherSuite(
        5,
        "MLS_256_DHKEMP521_AES256GCM_SHA512_P521",
        DHKEM_P521,
        HKDF_SHA512,
        AES_256_GCM,
        ECDSA(ec.SECP521R1(), hashes.SHA512()),
    ),
    CipherSuite(
        6,
        "MLS_256_DHKEMX448_CHACHA20POLY1305_SHA512_Ed448",
        DHKEM_X448,
        HKDF_SHA512,
        CHACHA20_POLY1305,
        _ED448,
    ),
    CipherSuite(
        7,
        "MLS_256_DHKEMP384_AES256GCM_SHA384_P384",
        DHKEM_P384,
        HKDF_SHA384,
        AES_256_GCM,
        ECDSA(ec.SECP384R1(), hashes.SHA384()),
    ),
)
"""RFC 9420 17.1, in the order of their numbers."""

_BY_VALUE = {suite.value: suite for suite in CIPHER_SUITES}


def cipher_suite(value: int) -> CipherSuite:
    """The suite with this number on the wire. Raises UnsupportedCipherSuite."""
    if value not in _BY_VALUE:
        refuse(SUITE, f"cipher suite {value} is not one of 1 to 7")
    return _BY_VALUE[value]
