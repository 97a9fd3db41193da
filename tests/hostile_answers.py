"""What a provider can answer to be asked nothing else for a while: bodies at their bounds, most of them quite right.

All are of a.example. The benchmark `bench_hostile_answers` lets a client of another provider ask for each.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from simulator.clients.client import Client as Asking
from simulator.clients.operations import ExternalJoin
from simulator.codec import MOST_VALUES, encode, write_varint
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
from simulator.mls.extensions.extension import Extension, ExtensionType, ExternalPub, RequiredCapabilities
from simulator.mls.framing.message import mls_message
from simulator.mls.joining.group_import import group_info_tbs
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.tree import tree_math
from simulator.mls.tree.leaf_node import Capabilities, LeafNode
from simulator.mls.tree.node import Node, ParentNode
from simulator.mls.tree.ratchet_tree import RatchetTree
from tests.mls.leaves import SUITE, Client, client, context_of

GROUP = "mimi://a.example/g/trap"
USER = "mimi://a.example/u/alice"


@dataclass(frozen=True)
class HostileAnswer:
    """What is answered at `path`, always, and how one comes to ask."""

    path: str
    body: bytes
    ask: Callable[[Asking], Awaitable[object]]


def _client(number: int) -> Client:
    """One with a good leaf."""
    made = client(f"mimi://a.example/d/alice/{number}")
    capabilities = Capabilities((1,), (SUITE.value,), (MIMI_DS_VERSIONS, MIMI_DS_VERSION, CONNECTION), (), (1,))
    return replace(made, leaf=made.resigned(capabilities=capabilities, extensions=leaf_extensions((1,))))


def _clients(count: int) -> list[Client]:
    return [_client(number) for number in range(count)]


def _members(count: int) -> list[Node | None]:
    """A tree of these leaves, all parents blank."""
    nodes: list[Node | None] = []
    for each in _clients(count):
        nodes += [each.leaf, None]
    return nodes[:-1]


def _snapshot(nodes: Sequence[Node | None], *extensions: Extension, key: bytes = bytes(32)) -> HostileAnswer:
    """A group with this tree; all that its GroupInfo says of it is right, if any leaf can sign."""
    tree = RatchetTree.from_nodes(SUITE, tuple(nodes))
    signer = _client(0)
    context = replace(
        context_of(tree),
        group_id=GROUP.encode(),
        extensions=(*context_extensions(1, "a.example", key), *extensions),
    )
    pub = Extension(ExtensionType.external_pub, encode(ExternalPub(signer.encryption.public)))
    info = GroupInfo(context, (pub,), bytes(32), 0, b"")
    signature = SUITE.sign_with_label(signer.signature.private, "GroupInfoTBS", group_info_tbs(info))
    arm = wire.DSExternalCommitInfo(mls_message(replace(info, signature=signature)), tuple(nodes))
    return _join(encode(wire.DSResponse(1, arm)))


def _join(body: bytes) -> HostileAnswer:
    return HostileAnswer("/external_commit_information", body, lambda asking: asking.perform(ExternalJoin(GROUP)))


def _connect(body: bytes) -> HostileAnswer:
    return HostileAnswer("/connection_key_packages", body, lambda asking: asking.request_connection(USER))


def _crowded_leaf() -> LeafNode:
    """One that uses as many extensions as it lists: each has to be looked for."""
    who = _client(0)
    count = MOST_IN_A_TREE // 5
    listed = (MIMI_DS_VERSIONS, MIMI_DS_VERSION, CONNECTION, *range(20_000, 20_000 + count))
    extensions = (*leaf_extensions((1,)), *(Extension(kind, b"") for kind in reversed(listed[3:])))
    return who.resigned(capabilities=Capabilities((1,), (SUITE.value,), listed, (), (1,)), extensions=extensions)


def _all_unmerged(count: int) -> list[Node | None]:
    """Every leaf is unmerged at every node above it."""
    nodes = _members(count)
    for index in range(1, len(nodes), 2):
        under = tree_math.leaf_range(index)
        nodes[index] = ParentNode(b"%d" % index, b"", tuple(leaf for leaf in under if leaf < count))
    return nodes


def _key_packages(count: int) -> bytes:
    marked = leaf_extensions((1,), connection=True)
    found = tuple(each.key_package(leaf_node=each.resigned(extensions=marked)) for each in _clients(count))
    arm = key_packages.KeyPackages(found)
    return encode(key_packages.ConnectionKeyPackageResponse(1, arm))


def _empty(front: bytes, item: bytes, size: int = 16 * 1024 * 1024) -> bytes:
    """A vector that fills an answer with one item over and over."""
    items = item * ((size - len(front) - 4) // len(item))
    return front + write_varint(len(items)) + items


def _required_capabilities() -> HostileAnswer:
    repeated = encode(RequiredCapabilities((), (), (1,) * (MOST_VALUES // 2)))
    return _snapshot(_members(2048), Extension(ExtensionType.required_capabilities, repeated))


def _last() -> LeafNode:
    return _client(5000).leaf


ANSWERS: Mapping[str, Callable[[], HostileAnswer]] = {
    "4,096 clients": lambda: _snapshot(_members(4096)),
    "leaves unmerged everywhere": lambda: _snapshot(_all_unmerged(2048)),
    "unmerged leaves of one node": lambda: _snapshot([*_members(1), ParentNode(b"p", b"", (1,) * 65_000), _last()]),
    "required capabilities": _required_capabilities,
    "a crowded leaf": lambda: _snapshot([_crowded_leaf()]),
    "blank nodes": lambda: _snapshot([_client(0).leaf, *[None] * (MOST_NODES - 2), _last()]),
    "a long context": lambda: _snapshot(_members(512), key=bytes(8 * 1024 * 1024)),
    "16 MiB of blank nodes": lambda: _join(_empty(b"\0\1\3", b"\0")),
    "16 MiB of empty parents": lambda: _join(_empty(b"\0\1\3", b"\1\2\0\0\0")),
    "1,000 KeyPackages": lambda: _connect(_key_packages(1000)),
    "16 MiB of KeyPackages": lambda: _connect(_empty(b"\0\1\0", encode(_client(0).key_package()))),
}
"""Made when they are called: some are large, some take a while."""
