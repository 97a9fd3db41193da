"""The secrets of an epoch and how each follows from the one before (RFC 9420 8)."""

from dataclasses import field

from simulator.codec import encode
from simulator.dataclass import dataclass
from simulator.mls.crypto.kem import KeyPair
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.key_schedule.group_context import GroupContext


def joiner_secret(suite: CipherSuite, init_secret: bytes, commit_secret: bytes, context: GroupContext) -> bytes:
    """What newcomers need to know; `context` is the new epoch's. A Commit without path has `suite.zero` to give."""
    extracted = suite.kdf.extract(init_secret, commit_secret)
    return suite.expand_with_label(extracted, "joiner", encode(context), suite.secret_size)


def welcome_secret(suite: CipherSuite, joiner: bytes, psk_secret: bytes) -> bytes:
    """What the GroupInfo in a Welcome is encrypted with."""
    return suite.derive_secret(suite.kdf.extract(joiner, psk_secret), "welcome")


def welcome_key_and_nonce(suite: CipherSuite, secret: bytes) -> tuple[bytes, bytes]:
    """The AEAD key and nonce that a welcome secret yields (RFC 9420 12.4.3.1)."""
    return (
        suite.expand_with_label(secret, "key", b"", suite.aead.key_size),
        suite.expand_with_label(secret, "nonce", b"", suite.aead.nonce_size),
    )


@dataclass(frozen=True, slots=True)
class EpochSecrets:
    """All that is derived from an epoch secret; the epoch secret itself is gone (RFC 9420 8, table 4)."""

    suite: CipherSuite = field(repr=False)
    init_secret: bytes = field(repr=False)
    sender_data_secret: bytes = field(repr=False)
    encryption_secret: bytes = field(repr=False)
    exporter_secret: bytes = field(repr=False)
    external_secret: bytes = field(repr=False)
    confirmation_key: bytes = field(repr=False)
    membership_key: bytes = field(repr=False)
    resumption_psk: bytes = field(repr=False)
    epoch_authenticator: bytes

    @classmethod
    def of_joiner(cls, suite: CipherSuite, joiner: bytes, psk_secret: bytes, context: GroupContext) -> "EpochSecrets":
        """The secrets of the epoch that `context` describes."""
        extracted = suite.kdf.extract(joiner, psk_secret)
        return cls.of_epoch_secret(
            suite, suite.expand_with_label(extracted, "epoch", encode(context), suite.secret_size)
        )

    @classmethod
    def of_epoch_secret(cls, suite: CipherSuite, epoch_secret: bytes) -> "EpochSecrets":
        """The secrets that follow from an epoch secret; for epoch 0 that one is random (RFC 9420 11)."""
        return cls(
            suite,
            init_secret=suite.derive_secret(epoch_secret, "init"),
            sender_data_secret=suite.derive_secret(epoch_secret, "sender data"),
            encryption_secret=suite.derive_secret(epoch_secret, "encryption"),
            exporter_secret=suite.derive_secret(epoch_secret, "exporter"),
            external_secret=suite.derive_secret(epoch_secret, "external"),
            confirmation_key=suite.derive_secret(epoch_secret, "confirm"),
            membership_key=suite.derive_secret(epoch_secret, "membership"),
            resumption_psk=suite.derive_secret(epoch_secret, "resumption"),
            epoch_authenticator=suite.derive_secret(epoch_secret, "authentication"),
        )

    def external_key_pair(self) -> KeyPair:
        """The key pair to which one external Commit may be made (RFC 9420 8)."""
        return self.suite.derive_key_pair(self.external_secret)

    def confirmation_tag(self, confirmed_transcript_hash: bytes) -> bytes:
        """The tag that proves agreement on everything up to this epoch (RFC 9420 6.1)."""
        return self.suite.mac(self.confirmation_key, confirmed_transcript_hash)

    def export(self, label: str, context: bytes, length: int) -> bytes:
        """MLS-Exporter (RFC 9420 8.5): `length` bytes for a use outside of MLS."""
        derived = self.suite.derive_secret(self.exporter_secret, label)
        return self.suite.expand_with_label(derived, "exported", self.suite.hash(context), length)
