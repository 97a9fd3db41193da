"""Who is in the group, indexed, so that what must be unique or understood by all is checked per change.

A Commit touches a few leaves of possibly a thousand; without the index each rule would look at all of them.
"""

from collections import Counter
from collections.abc import Iterable

from simulator.dataclass import dataclass
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.tree import rules
from simulator.mls.tree.credential import credential_type, identity_of
from simulator.mls.tree.leaf_node import LeafNode
from simulator.rules import Rule, check


@dataclass(frozen=True, slots=True)
class Member:
    """One occupied leaf. `key_package` is the one that brought it, where that is known."""

    leaf_index: int
    leaf_node: LeafNode
    key_package: KeyPackage | None = None

    @property
    def identity(self) -> bytes:
        """What tells this client from others (RFC 9420 5.3.3)."""
        return identity_of(self.leaf_node.credential)


@dataclass(frozen=True, slots=True)
class Roster:
    """The members of one epoch by what must be unique among them, and which credentials they use and understand."""

    identities: dict[bytes, int]
    signature_keys: dict[bytes, int]
    encryption_keys: dict[bytes, int]
    presented: Counter[int]
    understood: Counter[int]

    @classmethod
    def of(cls, members: Iterable[Member]) -> "Roster":
        """The roster of a whole tree; the members must be compatible with each other, see `changed`."""
        return cls({}, {}, {}, Counter(), Counter()).changed((), members)

    def changed(self, gone: Iterable[Member], come: Iterable[Member]) -> "Roster":
        """The roster after `gone` have left their leaves and `come` have taken theirs.

        A changed leaf is in both. Raises InvalidLeafNode with one of the rules `duplicate_client`,
        `duplicate_signature_key`, `duplicate_encryption_key`, `credential_unsupported`
        (RFC 9420 7.3 and 12.2).
        """
        next_ = Roster(
            self.identities.copy(),
            self.signature_keys.copy(),
            self.encryption_keys.copy(),
            self.presented.copy(),
            self.understood.copy(),
        )
        for member in gone:
            next_._take_out(member)
        for member in come:
            next_._put_in(member)
        next_._check_credentials_understood()
        return next_

    def index_of(self, identity: bytes) -> int | None:
        """The leaf of the client with this identity."""
        return self.identities.get(identity)

    def _take_out(self, member: Member) -> None:
        leaf = member.leaf_node
        # Absent where somebody who does not keep the rules has let two have the same.
        self.identities.pop(member.identity, None)
        self.signature_keys.pop(leaf.signature_key, None)
        self.encryption_keys.pop(leaf.encryption_key, None)
        self.presented[credential_type(leaf.credential)] -= 1
        self.understood.subtract(set(leaf.capabilities.credentials))

    def _put_in(self, member: Member) -> None:
        leaf, index = member.leaf_node, member.leaf_index
        self._claim(self.identities, member.identity, index, rules.ONE_CLIENT, "identity")
        self._claim(self.signature_keys, leaf.signature_key, index, rules.SIGNATURE_KEYS, "signature key")
        self._claim(self.encryption_keys, leaf.encryption_key, index, rules.ENCRYPTION_KEYS, "encryption key")
        self.presented[credential_type(leaf.credential)] += 1
        self.understood.update(set(leaf.capabilities.credentials))

    @staticmethod
    def _claim(taken: dict[bytes, int], value: bytes, index: int, alone: Rule, noun: str) -> None:
        holder = taken.setdefault(value, index)
        check(alone, holder == index, f"the leaves {holder} and {index} have the same {noun}")

    def _check_credentials_understood(self) -> None:
        for kind, count in self.presented.items():
            all_do = count <= 0 or self.understood[kind] >= len(self.identities)
            words = f"credential type {kind} is in use, but not all members support it"
            check(rules.CREDENTIAL_SUPPORTED, all_do, words)
