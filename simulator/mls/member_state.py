"""What one member knows of a group: the public part, its own keys, the secrets of this epoch and of a few before."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from simulator.dataclass import dataclass
from simulator.mls.crypto.suite import CipherSuite
from simulator.mls.extensions.extension import Extension
from simulator.mls.identity import Identity
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.key_schedule.key_schedule import EpochSecrets
from simulator.mls.key_schedule.psk_store import PSKStore
from simulator.mls.key_schedule.secret_tree import SecretTree
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.leaf_node import LeafNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from simulator.mls.tree.treekem import PrivateTree

PAST_EPOCHS = 32
"""For how many past epochs late application messages can still be decrypted.

A Delivery Service takes a member's Commits while messages of the epochs before are still on their way to it, if its
provider can ask but not be asked: so these are epochs of its own Commits, one after the other.
"""

RESUMPTION_EPOCHS = 32
"""For how many past epochs the resumption PSK is kept."""


@dataclass(frozen=True, slots=True)
class MessageSecrets:
    """What it takes to read the messages of one epoch."""

    context: GroupContext
    tree: RatchetTree
    secret_tree: SecretTree
    sender_data_secret: bytes = field(repr=False)

    @classmethod
    def of(cls, public: PublicGroup, secrets: EpochSecrets) -> "MessageSecrets":
        """Those of an epoch that has just begun."""
        secret_tree = SecretTree.of(public.suite, public.tree.leaf_count, secrets.encryption_secret)
        return cls(public.context, public.tree, secret_tree, secrets.sender_data_secret)

    def with_secret_tree(self, secret_tree: SecretTree) -> "MessageSecrets":
        """After a key has been taken."""
        return MessageSecrets(self.context, self.tree, secret_tree, self.sender_data_secret)


@dataclass(frozen=True, slots=True)
class PendingUpdate:
    """An Update this member has proposed: who it will be, with which key, if somebody commits it."""

    identity: Identity
    encryption_private_key: bytes = field(repr=False)


@dataclass(frozen=True, eq=False)
class MemberState:
    """A member's whole knowledge, a value. `pending_updates` maps the new encryption keys of own Updates."""

    public: PublicGroup
    identity: Identity
    private_tree: PrivateTree
    secrets: EpochSecrets
    messages: MessageSecrets
    past_messages: tuple[MessageSecrets, ...] = ()
    resumption_psks: Mapping[tuple[bytes, int], bytes] = field(default_factory=dict, repr=False)
    pending_updates: Mapping[bytes, PendingUpdate] = field(default_factory=dict)
    removed: bool = False

    @classmethod
    def first(
        cls, public: PublicGroup, identity: Identity, private_tree: PrivateTree, secrets: EpochSecrets
    ) -> "MemberState":
        """A member in the first epoch that it knows."""
        return cls(
            public,
            identity,
            private_tree,
            secrets,
            MessageSecrets.of(public, secrets),
            resumption_psks={(public.group_id, public.epoch): secrets.resumption_psk},
        )

    def in_next_epoch(
        self, public: PublicGroup, identity: Identity, private_tree: PrivateTree, secrets: EpochSecrets
    ) -> "MemberState":
        """This member one epoch on, with what it still may need of the epochs before."""
        psks = {**self.resumption_psks, (public.group_id, public.epoch): secrets.resumption_psk}
        return MemberState(
            public,
            identity,
            private_tree,
            secrets,
            MessageSecrets.of(public, secrets),
            past_messages=(self.messages, *self.past_messages)[:PAST_EPOCHS],
            resumption_psks=dict(list(psks.items())[-RESUMPTION_EPOCHS - 1 :]),
        )

    @property
    def own_index(self) -> int:
        """The own leaf index."""
        return self.private_tree.leaf_index

    @property
    def suite(self) -> CipherSuite:
        """The group's cipher suite."""
        return self.public.suite

    def leaf_template(self, identity: Identity | None, leaf_extensions: Sequence[Extension] | None) -> LeafNode:
        """The own leaf as it is, or what `identity` or other leaf extensions make of it; its keys are still to come."""
        current = self.public.tree.leaf(self.own_index)
        if identity is None and leaf_extensions is None and current is not None:
            return current
        return (identity or self.identity).unsigned_leaf(leaf_extensions)

    def psks(self, more: PSKStore) -> PSKStore:
        """The PSKs of `more` and of this group's own epochs."""
        return more.with_resumption(self.resumption_psks)

    def with_public(self, public: PublicGroup) -> "MemberState":
        """The same epoch with other stored proposals."""
        return replace(self, public=public)

    def with_messages(self, messages: MessageSecrets) -> "MemberState":
        """After a message key of this or a past epoch has been taken."""
        if messages.context.epoch == self.public.epoch:
            return replace(self, messages=messages)
        past = tuple(messages if old.context.epoch == messages.context.epoch else old for old in self.past_messages)
        return replace(self, past_messages=past)
