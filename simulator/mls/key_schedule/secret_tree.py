"""One-time keys for messages, one ratchet per sender and kind (RFC 9420 9).

Nothing is derived before it is needed, and whatever has been used is not in the next value any more: node secrets
split downwards, ratchet secrets step forwards, keys are handed out once.
"""

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import NamedTuple

from simulator.dataclass import dataclass
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.key_schedule import rules
from simulator.mls.tree import tree_math
from simulator.rules import check, refuse

MAX_AHEAD = 1024
"""How many generations beyond the next one a message may be: what a forged number can cost us at most."""

MAX_KEPT = 256
"""How many keys of skipped generations are kept per ratchet for messages that come late; the oldest go first."""


class RatchetKind(Enum):
    """The two ratchets of each member; the value is the label of its root."""

    handshake = "handshake"
    application = "application"


class MessageKey(NamedTuple):
    """The key and nonce of one generation."""

    generation: int
    key: bytes
    nonce: bytes


@dataclass(frozen=True, slots=True)
class Ratchet:
    """A hash ratchet: the secret of the next generation, and the keys that were skipped."""

    suite: CipherSuite = field(repr=False)
    generation: int
    secret: bytes = field(repr=False)
    skipped: Mapping[int, MessageKey] = field(repr=False)

    def step(self) -> tuple[MessageKey, "Ratchet"]:
        """The key of the next generation, and the ratchet without it (RFC 9420 9.1)."""
        suite, number = self.suite, self.generation
        key = suite.derive_tree_secret(self.secret, "key", number, suite.aead.key_size)
        nonce = suite.derive_tree_secret(self.secret, "nonce", number, suite.aead.nonce_size)
        secret = suite.derive_tree_secret(self.secret, "secret", number, suite.secret_size)
        return MessageKey(number, key, nonce), Ratchet(suite, number + 1, secret, self.skipped)

    def take(self, generation: int) -> tuple[MessageKey, "Ratchet"]:
        """The key of any generation that was not taken yet, and the ratchet without it.

        Raises DecryptionError with the rule `key_consumed` or `generation_too_far`.
        """
        if generation < self.generation:
            return self._take_skipped(generation)
        near = generation - self.generation <= MAX_AHEAD
        check(rules.GENERATION, near, f"generation {generation} is more than {MAX_AHEAD} ahead of {self.generation}")
        ratchet, skipped = self, dict(self.skipped)
        while ratchet.generation < generation:
            key, ratchet = ratchet.step()
            skipped[key.generation] = key
        key, ratchet = ratchet.step()
        kept = dict(list(skipped.items())[-MAX_KEPT:])
        return key, Ratchet(self.suite, ratchet.generation, ratchet.secret, kept)

    def _take_skipped(self, generation: int) -> tuple[MessageKey, "Ratchet"]:
        skipped = dict(self.skipped)
        key = skipped.pop(generation, None)
        if key is None:
            refuse(rules.KEY_FRESH, f"the key of generation {generation} was used or dropped")
        return key, Ratchet(self.suite, self.generation, self.secret, skipped)


@dataclass(frozen=True, slots=True)
class SecretTree:
    """What is left of an epoch's encryption secret: secrets of nodes nobody below has used, and ratchets."""

    suite: CipherSuite = field(repr=False)
    leaf_count: int
    secrets: Mapping[int, bytes] = field(repr=False)
    ratchets: Mapping[tuple[int, RatchetKind], Ratchet] = field(repr=False)

    @classmethod
    def of(cls, suite: CipherSuite, leaf_count: int, encryption_secret: bytes) -> "SecretTree":
        """The tree of a new epoch, for a ratchet tree with this many leaves."""
        full = tree_math.full_leaf_count(leaf_count)
        return cls(suite, full, {tree_math.root(full): encryption_secret}, {})

    def next_key(self, leaf_index: int, kind: RatchetKind) -> tuple[MessageKey, "SecretTree"]:
        """The key for the next message that this leaf sends. Raises IndexError for a leaf beyond the tree."""
        tree = self._with_ratchets(leaf_index)
        key, ratchet = tree.ratchets[leaf_index, kind].step()
        return key, tree._with(leaf_index, kind, ratchet)

    def take_key(self, leaf_index: int, kind: RatchetKind, generation: int) -> tuple[MessageKey, "SecretTree"]:
        """The key for a message that this leaf has sent. Raises IndexError, or DecryptionError like `Ratchet.take`."""
        tree = self._with_ratchets(leaf_index)
        key, ratchet = tree.ratchets[leaf_index, kind].take(generation)
        return key, tree._with(leaf_index, kind, ratchet)

    def _with(self, leaf_index: int, kind: RatchetKind, ratchet: Ratchet) -> "SecretTree":
        return SecretTree(self.suite, self.leaf_count, self.secrets, {**self.ratchets, (leaf_index, kind): ratchet})

    def _with_ratchets(self, leaf_index: int) -> "SecretTree":
        """With the ratchets of a leaf in place of the secrets they come from (RFC 9420 9)."""
        if (leaf_index, RatchetKind.handshake) in self.ratchets:
            return self
        if not 0 <= leaf_index < self.leaf_count:
            raise IndexError(f"the tree has no leaf {leaf_index}")
        suite, leaf, size = self.suite, 2 * leaf_index, self.suite.secret_size
        secrets = dict(self.secrets)
        node = next(index for index in (leaf, *tree_math.direct_path(leaf_index, self.leaf_count)) if index in secrets)
        while node != leaf:
            secret = secrets.pop(node)
            left, right = tree_math.left(node), tree_math.right(node)
            secrets[left] = suite.expand_with_label(secret, "tree", b"left", size)
            secrets[right] = suite.expand_with_label(secret, "tree", b"right", size)
            node = left if leaf < node else right
        secret = secrets.pop(leaf)
        ratchets = dict(self.ratchets)
        for kind in RatchetKind:
            start = suite.expand_with_label(secret, kind.value, b"", size)
            ratchets[leaf_index, kind] = Ratchet(suite, 0, start, {})
        return SecretTree(suite, self.leaf_count, secrets, ratchets)
