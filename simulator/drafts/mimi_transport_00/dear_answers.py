"""What a provider can answer to be asked nothing else for a while: bodies at their bounds, most of them quite right."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from simulator.codec import MOST_VALUES, encode, write_varint
from simulator.dataclass import dataclass
from simulator.drafts.adversary import DearAnswer
from simulator.drafts.mimi_transport_00.binding.group import MOST_IN_A_TREE, MOST_NODES
from simulator.drafts.mimi_transport_00.extensions import (
    CONNECTION,
    MIMI_DS_VERSION,
    MIMI_DS_VERSIONS,
    context_extensions,
    leaf_extensions,
)
from simulator.drafts.mimi_transport_00.messages import delivery as wire
from simulator.drafts.mimi_transport_00.messages import key_packages
from simulator.mls.crypto import KeyPair, cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub, RequiredCapabilities
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_validation import key_package_tbs
from simulator.mls.key_schedule.group_context import GroupContext
from simulator.mls.tree import tree_math
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Capabilities, KeyPackageSource, LeafNode, Lifetime
from simulator.mls.tree.leaf_validation import sign_leaf_node
from simulator.mls.tree.node import Node, ParentNode
from simulator.mls.tree.ratchet_tree import RatchetTree

_SUITE = cipher_suite(1)
_HOUR = 3600
_LARGEST = 16 * 1024 * 1024
"""Octets of the largest answer that is read."""


@dataclass(frozen=True, slots=True)
class _Client:
    """One whose keys follow from its number, with a good leaf."""

    encryption: KeyPair
    signature: KeyPair
    leaf: LeafNode

    def resigned(self, **changes: Any) -> LeafNode:
        """The leaf with other fields and a signature that covers them."""
        return sign_leaf_node(_SUITE, self.signature.private, replace(self.leaf, **changes), None)


@dataclass(frozen=True, slots=True)
class _Liar:
    """The provider that answers so, and when."""

    provider: str
    now: int

    def client(self, number: int) -> _Client:
        """One of its clients."""
        uri = f"mimi://{self.provider}/d/alice/{number}"
        rand = SeededRand(1, uri)
        encryption = _SUITE.generate_hpke_key_pair(rand, "leaf_key")
        signature = _SUITE.generate_signature_key_pair(rand)
        leaf = LeafNode(
            encryption.public,
            signature.public,
            BasicCredential(uri.encode()),
            Capabilities((1,), (_SUITE.value,), (MIMI_DS_VERSIONS, MIMI_DS_VERSION, CONNECTION), (), (1,)),
            KeyPackageSource(Lifetime(self.now - _HOUR, self.now + _HOUR)),
            leaf_extensions((1,)),
            b"",
        )
        return _Client(encryption, signature, sign_leaf_node(_SUITE, signature.private, leaf, None))

    def members(self, count: int) -> list[Node | None]:
        """A tree of so many leaves, all parents blank."""
        nodes: list[Node | None] = []
        for number in range(count):
            nodes += [self.client(number).leaf, None]
        return nodes[:-1]

    def all_unmerged(self, count: int) -> list[Node | None]:
        """Every leaf is unmerged at every node above it."""
        nodes = self.members(count)
        for index in range(1, len(nodes), 2):
            under = tree_math.leaf_range(index)
            nodes[index] = ParentNode(b"%d" % index, b"", tuple(leaf for leaf in under if leaf < count))
        return nodes

    def crowded_leaf(self) -> LeafNode:
        """One that uses as many extensions as it lists: each has to be looked for."""
        count = MOST_IN_A_TREE // 5
        listed = (MIMI_DS_VERSIONS, MIMI_DS_VERSION, CONNECTION, *range(20_000, 20_000 + count))
        extensions = (*leaf_extensions((1,)), *(Extension(kind, b"") for kind in reversed(listed[3:])))
        capabilities = Capabilities((1,), (_SUITE.value,), listed, (), (1,))
        return self.client(0).resigned(capabilities=capabilities, extensions=extensions)

    def last_leaf(self) -> LeafNode:
        """Whoever is the last of a tree that is nearly empty."""
        return self.client(5000).leaf

    def key_package(self, number: int) -> KeyPackage:
        """One for a connection."""
        client = self.client(number)
        init = _SUITE.generate_hpke_key_pair(SeededRand(2, f"{self.provider} {number}"), "init_key")
        leaf = client.resigned(extensions=leaf_extensions((1,), connection=True))
        made = KeyPackage(1, _SUITE.value, init.public, leaf, (), b"")
        signature = _SUITE.sign_with_label(client.signature.private, "KeyPackageTBS", key_package_tbs(made))
        return replace(made, signature=signature)

    def key_packages(self, count: int) -> DearAnswer:
        """One for each of so many clients."""
        arm = key_packages.KeyPackages(tuple(self.key_package(number) for number in range(count)))
        return self.connect(encode(key_packages.ConnectionKeyPackageResponse(1, arm)))

    def snapshot(self, nodes: Sequence[Node | None], *extensions: Extension, key: bytes = bytes(32)) -> DearAnswer:
        """A group with this tree; all that its GroupInfo says of it is right, if any leaf can sign."""
        tree = RatchetTree.from_nodes(_SUITE, tuple(nodes))
        signer, about = self.client(0), (*context_extensions(1, self.provider, key), *extensions)
        context = GroupContext(1, _SUITE.value, self.group.encode(), 1, tree.tree_hash, b"confirmed", about)
        pub = Extension(ExtensionType.external_pub, encode(ExternalPub(signer.encryption.public)))
        info = GroupInfo(context, (pub,), bytes(32), 0, b"")
        signature = _SUITE.sign_with_label(signer.signature.private, "GroupInfoTBS", group_info_tbs(info))
        arm = wire.DSExternalCommitInfo(mls_message(replace(info, signature=signature)), tuple(nodes))
        return self.join(encode(wire.DSResponse(1, arm)))

    @property
    def group(self) -> str:
        """The URI of the group that it tells of."""
        return f"mimi://{self.provider}/g/trap"

    def join(self, body: bytes) -> DearAnswer:
        """Said to who joins the group."""
        return DearAnswer("external_commit_information", body, lambda asking: asking.join(self.group))

    def connect(self, body: bytes) -> DearAnswer:
        """Said to who connects with a user of it."""
        user = f"mimi://{self.provider}/u/alice"
        return DearAnswer("connection_key_packages", body, lambda asking: asking.connect(user))


def _filled(front: bytes, item: bytes) -> bytes:
    """A vector that fills an answer with one item over and over."""
    items = item * ((_LARGEST - len(front) - 4) // len(item))
    return front + write_varint(len(items)) + items


def _clients(liar: _Liar) -> DearAnswer:
    return liar.snapshot(liar.members(4096))


def _unmerged_everywhere(liar: _Liar) -> DearAnswer:
    return liar.snapshot(liar.all_unmerged(2048))


def _unmerged_at_one(liar: _Liar) -> DearAnswer:
    return liar.snapshot([*liar.members(1), ParentNode(b"p", b"", (1,) * 65_000), liar.last_leaf()])


def _required_capabilities(liar: _Liar) -> DearAnswer:
    repeated = encode(RequiredCapabilities((), (), (1,) * (MOST_VALUES // 2)))
    return liar.snapshot(liar.members(2048), Extension(ExtensionType.required_capabilities, repeated))


def _crowded(liar: _Liar) -> DearAnswer:
    return liar.snapshot([liar.crowded_leaf()])


def _blank(liar: _Liar) -> DearAnswer:
    return liar.snapshot([liar.client(0).leaf, *[None] * (MOST_NODES - 2), liar.last_leaf()])


def _long_context(liar: _Liar) -> DearAnswer:
    return liar.snapshot(liar.members(512), key=bytes(_LARGEST // 2))


def _full_of_key_packages(liar: _Liar) -> DearAnswer:
    return liar.connect(_filled(b"\0\1\0", encode(liar.key_package(0))))


_MADE: Mapping[str, Callable[[_Liar], DearAnswer]] = {
    "4,096 clients": _clients,
    "leaves unmerged everywhere": _unmerged_everywhere,
    "unmerged leaves of one node": _unmerged_at_one,
    "required capabilities": _required_capabilities,
    "a crowded leaf": _crowded,
    "blank nodes": _blank,
    "a long context": _long_context,
    "16 MiB of blank nodes": lambda liar: liar.join(_filled(b"\0\1\3", b"\0")),
    "16 MiB of empty parents": lambda liar: liar.join(_filled(b"\0\1\3", b"\1\2\0\0\0")),
    "1,000 KeyPackages": lambda liar: liar.key_packages(1000),
    "16 MiB of KeyPackages": _full_of_key_packages,
}


def _made(make: Callable[[_Liar], DearAnswer], provider: str, now: int) -> DearAnswer:
    return make(_Liar(provider, now))


ANSWERS: Mapping[str, Callable[[str, int], DearAnswer]] = {name: partial(_made, make) for name, make in _MADE.items()}
"""By what is dear about them, of a provider at a time. Made when they are called: some are large, some take a while."""
