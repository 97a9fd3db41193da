"""An MLS group with members of ours and of mls-rs: what one does is timed, the others follow untimed.

The tree is full: nearly everybody has joined with a path of his own. Octets go in and come out on both sides.
"""

import time
from collections.abc import Callable
from functools import cache

from simulator.bench.samples import Stopwatch
from simulator.bench.stacks.mls_rs import PeerClient, PeerGroup
from simulator.codec import decode, encode
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.crypto.suite import cipher_suite
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.received import CommitBundle
from simulator.mls.group import Group
from simulator.mls.identity import Identity, default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle, make_key_package
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Add
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime

SUITE = cipher_suite(1)
MESSAGE = bytes(200)
DAY = 86_400
AT_ONCE = 5
"""How many join by one Welcome, and how many messages are made before they are opened."""


class Newcomer:
    """One of ours outside of the group."""

    def __init__(self, name: str) -> None:
        self.rand = SeededRand(7, name)
        self.identity = Identity.generate(SUITE, BasicCredential(name.encode()), self.rand, default_capabilities())

    def bundle(self) -> KeyPackageBundle:
        """A fresh KeyPackage with its private keys. mls-rs looks at the real clock, so that it is good today."""
        return make_key_package(self.identity, SUITE, self.rand, _lifetime())


class MixedGroup:
    """Two of ours and two of mls-rs who take part, and others who only fill it.

    Each operation does its work once or a few times, timed by the watch that it is given, and says how often.
    """

    def __init__(self, size: int) -> None:
        creator, second = Newcomer("ours 0"), Newcomer("ours 1")
        bundle, clients = second.bundle(), [PeerClient(b"theirs 0"), PeerClient(b"theirs 1")]
        self._rand = creator.rand
        alone = Group.create(creator.identity, SUITE, b"room", self._rand, _lifetime())
        adds = [Add(bundle.key_package), *(Add(_key_package(client)) for client in clients)]
        added = alone.commit(adds, self._rand, None, tree_in_welcome=True)
        welcome = added.welcomes[0]
        self._ours = [added.next, Group.join(_welcome(welcome), [bundle], second.identity)]
        self._theirs: list[PeerGroup] = [client.join(welcome) for client in clients]
        for number in range(size - len(self._ours) - len(self._theirs)):
            filler, group = Newcomer(f"filler {number}"), self._ours[0]
            tree = group.public.ratchet_tree()
            self._follow(encode(Group.external_join(group.group_info(), tree, filler.identity, filler.rand).message))

    @property
    def public(self) -> Group:
        """The group as one of ours sees it."""
        return self._ours[0]

    def _follow(self, data: bytes) -> None:
        """All who take part process a commit of somebody else."""
        self._ours = [group.process(decode(MLSMessage, data), None).group for group in self._ours]
        for group in self._theirs:
            group.process_bytes(data)

    def we_create(self, watch: Stopwatch) -> int:
        """A commit of ours, encoded; nobody adopts it."""
        with watch.running():
            encode(self._ours[0].commit([], self._rand, None).message)
        return 1

    def they_create(self, watch: Stopwatch) -> int:
        """A commit of theirs, encoded; all follow it."""
        with watch.running():
            data = self._theirs[0].commit_bytes()
        self._follow(data)
        return 1

    def we_process(self, watch: Stopwatch) -> int:
        """A commit of ours by another of ours; nobody adopts it."""
        data = encode(self._ours[0].commit([], self._rand, None).message)
        with watch.running():
            self._ours[1].process(decode(MLSMessage, data), None)
        return 1

    def they_process(self, watch: Stopwatch) -> int:
        """A commit of theirs by another of theirs; all follow it."""
        committer, follower = self._theirs
        data = committer.commit_bytes()
        committer.process_bytes(data)
        with watch.running():
            follower.process_bytes(data)
        self._ours = [group.process(decode(MLSMessage, data), None).group for group in self._ours]
        return 1

    def we_join(self, watch: Stopwatch) -> int:
        """By Welcomes of ours, with the tree inside; nobody adopts the commit."""
        newcomers = [Newcomer(f"new {number}") for number in range(AT_ONCE)]
        bundles = [each.bundle() for each in newcomers]
        data = self._invited([bundle.key_package for bundle in bundles])
        for newcomer, bundle in zip(newcomers, bundles, strict=True):
            with watch.running():
                Group.join(_welcome(decode(MLSMessage, data)), [bundle], newcomer.identity)
        return AT_ONCE

    def they_join(self, watch: Stopwatch) -> int:
        """The same for theirs."""
        clients = [PeerClient(f"new {number}".encode()) for number in range(AT_ONCE)]
        data = self._invited([_key_package(client) for client in clients])
        for client in clients:
            with watch.running():
                client.join_bytes(data)
        return AT_ONCE

    def _invited(self, key_packages: list[KeyPackage]) -> bytes:
        adds = [Add(key_package) for key_package in key_packages]
        return encode(self._ours[0].commit(adds, self._rand, None, tree_in_welcome=True).welcomes[0])

    def we_seal(self, watch: Stopwatch) -> int:
        """Messages of ours, encoded; another of ours opens them, so that he never has too many generations to skip."""
        with watch.running():
            sealed = self._sealed()
        for data in sealed:
            self._ours[1] = self._ours[1].process(decode(MLSMessage, data), None).group
        return AT_ONCE

    def they_seal(self, watch: Stopwatch) -> int:
        """The same for theirs."""
        with watch.running():
            sealed = [self._theirs[0].encrypt_bytes(MESSAGE) for _ in range(AT_ONCE)]
        for data in sealed:
            self._theirs[1].process_bytes(data)
        return AT_ONCE

    def we_open(self, watch: Stopwatch) -> int:
        """Messages of ours by another of ours."""
        for data in self._sealed():
            with watch.running():
                self._ours[1] = self._ours[1].process(decode(MLSMessage, data), None).group
        return AT_ONCE

    def they_open(self, watch: Stopwatch) -> int:
        """Messages of theirs by another of theirs."""
        for data in [self._theirs[0].encrypt_bytes(MESSAGE) for _ in range(AT_ONCE)]:
            with watch.running():
                self._theirs[1].process_bytes(data)
        return AT_ONCE

    def _sealed(self) -> list[bytes]:
        sealed = []
        for _ in range(AT_ONCE):
            message, self._ours[0] = self._ours[0].encrypt(MESSAGE, self._rand)
            sealed.append(encode(message))
        return sealed

    def commit_that_adds(self) -> CommitBundle:
        """A commit of ours that adds somebody; nobody adopts it."""
        return self._ours[0].commit([Add(Newcomer("newcomer").bundle().key_package)], self._rand, None)


def _lifetime() -> Lifetime:
    now = int(time.time())
    return Lifetime(now - DAY, now + DAY)


Operation = Callable[[MixedGroup, Stopwatch], int]

mixed_group = cache(MixedGroup)
"""The group of a size, which all rows share: it takes long to fill a large one."""


def _key_package(client: PeerClient) -> KeyPackage:
    body = client.key_package().body
    if not isinstance(body, KeyPackage):
        raise TypeError("mls-rs has made something else")
    return body


def _welcome(message: MLSMessage) -> Welcome:
    if not isinstance(message.body, Welcome):
        raise TypeError("no Welcome")
    return message.body
