"""mls-rs, written by others from the same RFC, and we agree: on trees, secrets and messages, in both directions.

It looks at the real clock, so our KeyPackages here are valid today; its own live for a year, which is more than we
accept, so we leave its lifetimes unchecked.
"""

import time

import pytest

from simulator.bench.stacks.mls_rs import PeerClient, PeerGroup
from simulator.fuzzing.whole_group import Person
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.group import ApplicationMessage, CommitBundle, Group
from simulator.mls.identity import default_capabilities
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.welcome import Welcome
from simulator.mls.proposals.proposals import Add, Remove
from simulator.mls.tree.leaf_node import Lifetime

LIFETIME = Lifetime(int(time.time()) - 3600, int(time.time()) + 3600)
LABEL, CONTEXT = "interop", b"context"


class Meeting:
    """Our members by name, and those of mls-rs; a message of one goes to all."""

    def __init__(self) -> None:
        self.ours: dict[str, Group] = {}
        self.peers: dict[str, PeerGroup] = {}
        self.people: dict[str, Person] = {}
        self.clients: dict[str, PeerClient] = {}

    def person(self, name: str) -> Person:
        """One of us. mls-rs knows no private-use extensions, so we don't list any."""
        return self.people.setdefault(name, Person(name, capabilities=default_capabilities(), lifetime=LIFETIME))

    def client(self, name: str, **how: bool) -> PeerClient:
        """One of mls-rs."""
        return self.clients.setdefault(name, PeerClient(name.encode(), **how))

    def spread(self, message: MLSMessage, sender: str) -> None:
        """Everybody but the sender takes the message in."""
        for name, group in self.ours.items():
            if name != sender:
                self.ours[name] = group.process(message, None).group
        for name, peer in self.peers.items():
            if name != sender:
                peer.process(message)

    def commit(self, name: str, *proposals: Add | Remove, **options: bool) -> CommitBundle:
        """One of us commits."""
        bundle = self.ours[name].commit(proposals, self.people[name].rand, None, **options)
        self.spread(bundle.message, name)
        self.ours[name] = bundle.next
        return bundle

    def check_agreement(self) -> None:
        """All have the same exported secret and tree."""
        secrets = {group.export(LABEL, CONTEXT, 32) for group in self.ours.values()}
        secrets |= {peer.export(LABEL.encode(), CONTEXT, 32) for peer in self.peers.values()}
        assert len(secrets) == 1
        trees = [group.public.ratchet_tree() for group in self.ours.values()]
        trees += [peer.tree() for peer in self.peers.values()]
        assert all(tree == trees[0] for tree in trees)

    def talk(self) -> None:
        """Everybody says something that everybody else can read."""
        for name in list(self.ours):
            message, self.ours[name] = self.ours[name].encrypt(name.encode(), self.people[name].rand)
            self.hear(message, name)
        for name, peer in self.peers.items():
            self.hear(peer.encrypt(name.encode()), name)

    def hear(self, message: MLSMessage, sender: str) -> None:
        """What `sender` said, its own name, arrives."""
        for name, group in self.ours.items():
            if name != sender:
                received = group.process(message, None)
                assert isinstance(received, ApplicationMessage)
                assert (received.data, received.sender.identity) == (sender.encode(), sender.encode())
                self.ours[name] = received.group
        for name, peer in self.peers.items():
            if name != sender:
                assert peer.process(message).data == sender.encode()


def key_package_of(message: MLSMessage) -> KeyPackage:
    """The KeyPackage in an MLSMessage."""
    assert isinstance(message.body, KeyPackage)
    return message.body


def our_group(*peers: str, tree_inside: bool = True, force_path: bool = False) -> Meeting:
    """alice, one of us, founds a group and invites peers."""
    meeting = Meeting()
    alice = meeting.person("alice")
    meeting.ours["alice"] = alice.create()
    adds = [Add(key_package_of(meeting.client(name, tree_in_welcome=tree_inside).key_package())) for name in peers]
    bundle = meeting.commit("alice", *adds, tree_in_welcome=tree_inside, force_path=force_path)
    tree = None if tree_inside else bundle.next.public.ratchet_tree()
    for name in peers:
        meeting.peers[name] = meeting.clients[name].join(bundle.welcomes[0], tree)
    return meeting


@pytest.mark.parametrize("tree_inside", [True, False])
@pytest.mark.parametrize("force_path", [True, False])
def test_mls_rs_joins_our_group(tree_inside: bool, force_path: bool) -> None:
    meeting = our_group("bob", "carol", tree_inside=tree_inside, force_path=force_path)
    meeting.check_agreement()
    meeting.talk()


def test_mls_rs_follows_our_commits() -> None:
    meeting = our_group("bob", "carol")
    meeting.commit("alice")
    meeting.check_agreement()
    dave = meeting.person("dave")
    bundle = meeting.commit("alice", Add(dave.key_package()))
    welcome = bundle.welcomes[0].body
    assert isinstance(welcome, Welcome)
    meeting.ours["dave"] = Group.join(welcome, dave.bundles, dave.identity, bundle.next.public.ratchet_tree())
    meeting.check_agreement()
    carol = meeting.ours["dave"].public.find(b"carol")
    assert carol is not None
    removed = meeting.peers["carol"]
    bundle = meeting.commit("dave", Remove(carol.leaf_index))
    assert removed is meeting.peers.pop("carol")
    meeting.check_agreement()
    meeting.talk()


def test_mls_rs_follows_private_commits() -> None:
    meeting = our_group("bob", "carol")
    meeting.commit("alice", private=True)
    meeting.check_agreement()


def test_mls_rs_commits_what_we_propose() -> None:
    meeting = our_group("bob", "carol")
    alice, erin = meeting.person("alice"), meeting.person("erin")
    message, meeting.ours["alice"] = meeting.ours["alice"].propose_update(alice.rand)
    meeting.spread(message, "alice")
    message, meeting.ours["alice"] = meeting.ours["alice"].propose(Add(erin.key_package()), alice.rand, None)
    meeting.spread(message, "alice")
    committed = meeting.peers["bob"].commit()
    meeting.spread(committed.message, "bob")
    assert committed.welcome is not None
    welcome = committed.welcome.body
    assert isinstance(welcome, Welcome)
    meeting.ours["erin"] = Group.join(welcome, erin.bundles, erin.identity, meeting.peers["bob"].tree())
    meeting.check_agreement()
    meeting.talk()


def test_we_commit_what_mls_rs_proposes() -> None:
    meeting = our_group("bob", "carol")
    proposal = meeting.peers["bob"].propose_add(meeting.client("dave").key_package())
    meeting.spread(proposal, "bob")
    bundle = meeting.commit("alice", tree_in_welcome=True)
    meeting.peers["dave"] = meeting.clients["dave"].join(bundle.welcomes[0])
    meeting.check_agreement()
    meeting.talk()


def test_we_follow_the_commits_of_mls_rs() -> None:
    meeting = our_group("bob", "carol")
    meeting.spread(meeting.peers["bob"].commit().message, "bob")
    meeting.check_agreement()
    removing = meeting.peers["bob"].remove(meeting.clients["carol"])
    meeting.peers.pop("carol")
    meeting.spread(removing.message, "bob")
    meeting.check_agreement()
    meeting.talk()


@pytest.mark.parametrize("tree_inside", [True, False])
def test_we_join_a_group_of_mls_rs(tree_inside: bool) -> None:
    meeting = Meeting()
    bob = meeting.peers["bob"] = meeting.client("bob", tree_in_welcome=tree_inside).create(b"theirs")
    alice, carol = meeting.person("alice"), meeting.person("carol")
    for person in (alice, carol):
        added = bob.add(mls_message(person.key_package()))
        meeting.spread(added.message, "bob")
        assert added.welcome is not None
        welcome = added.welcome.body
        assert isinstance(welcome, Welcome)
        tree = None if tree_inside else bob.tree()
        meeting.ours[person.name] = Group.join(welcome, person.bundles, person.identity, tree)
        meeting.check_agreement()
    meeting.commit("carol")
    meeting.talk()
    meeting.check_agreement()


def test_mls_rs_lets_us_in_by_external_commit_and_again_after_a_loss() -> None:
    meeting = our_group("bob", "carol")
    dave = meeting.person("dave")
    for _ in range(2):
        alice = meeting.ours["alice"]
        bundle = Group.external_join(alice.group_info(), alice.public.ratchet_tree(), dave.identity, dave.rand)
        meeting.ours.pop("dave", None)
        meeting.spread(bundle.message, "dave")
        meeting.ours["dave"] = bundle.next
        meeting.check_agreement()
    meeting.talk()
    meeting.spread(meeting.peers["carol"].commit().message, "carol")
    meeting.check_agreement()


def test_a_long_history_of_both() -> None:
    meeting = our_group("bob")
    for number in range(6):
        meeting.client(f"peer {number}")
        bundle = meeting.commit(
            "alice", Add(key_package_of(meeting.clients[f"peer {number}"].key_package())), tree_in_welcome=True
        )
        meeting.peers[f"peer {number}"] = meeting.clients[f"peer {number}"].join(bundle.welcomes[0])
        meeting.spread(meeting.peers[f"peer {number // 2}"].commit().message, f"peer {number // 2}")
        meeting.check_agreement()
    for number in (1, 4, 5):
        removing = meeting.peers["peer 0"].remove(meeting.clients[f"peer {number}"])
        meeting.peers.pop(f"peer {number}")
        meeting.spread(removing.message, "peer 0")
        meeting.commit("alice")
        meeting.check_agreement()
    meeting.talk()
