"""How far mls-rs comes in a room: as it is built for Python, it knows nothing of draft-ietf-mls-extensions.

Nobody can tell that build (UniFFI binding 0.1.1) that it supports further extensions or proposals. What it refuses, and
in which words, is written down here: whoever builds it otherwise finds out what is left.
"""

import time

import mls_rs_uniffi as rs
import pytest

from simulator.bench.stacks.mls_rs import PeerClient, PeerGroup
from simulator.drafts.mimi_protocol_06.client.roster import list_update
from simulator.drafts.mimi_protocol_06.mls_profile import RoomProfile
from simulator.drafts.mimi_protocol_06.room.participant_list import ParticipantListUpdate
from simulator.drafts.mls_profile import REGULAR, NewGroup
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.errors import InvalidLeafNode
from simulator.mls.extensions.extension import Extension, ExtensionType
from simulator.mls.framing.message import MLSMessage
from simulator.mls.framing.received import ApplicationMessage
from simulator.mls.group import Group
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.proposals.proposals import Add, Proposal
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.tree.credential import BasicCredential
from simulator.mls.tree.leaf_node import Lifetime
from simulator.rules import KEEPS_NOTHING, enforced_by
from tests.drafts.mimi_protocol_06.members import ALICE, BOB, HUB_KEYS, SUITE, URI

PROFILE = RoomProfile()
NEW = NewGroup(URI.encode(), ALICE, "a.example", HUB_KEYS)
EXTENSIONS = {extension.extension_type: extension for extension in PROFILE.context_extensions(NEW)}
RAND = SeededRand(1, "alice")
NOTHING = b"\x00"


def founded(*extensions: Extension) -> Group:
    """A group of alice's, whose leaf is that of any member of a room."""
    identity = Identity.generate(SUITE, BasicCredential(ALICE.encode()), RAND, PROFILE.capabilities)
    lifetime = Lifetime(int(time.time()) - 3600, int(time.time()) + 3600)
    leaf = PROFILE.leaf_extensions(REGULAR)
    return Group.create(identity, SUITE, NEW.group_id, RAND, lifetime, extensions=extensions, leaf_extensions=leaf)


def invited(group: Group, client: PeerClient) -> tuple[MLSMessage, Group]:
    """The Welcome for a client whatever it supports, and the group with it."""
    key_package = client.key_package().body
    assert isinstance(key_package, KeyPackage)
    with enforced_by(KEEPS_NOTHING):
        bundle = group.commit((Add(key_package),), RAND, None, authenticated_data=NOTHING)
    return bundle.welcomes[0], bundle.next.with_components(PROFILE.components)


def joined(*extensions: Extension) -> tuple[Group, PeerGroup]:
    """Alice and the peer in a group with these extensions."""
    client = PeerClient(BOB.encode())
    welcome, group = invited(founded(*extensions), client)
    return group, client.join(welcome, group.public.ratchet_tree())


def test_a_room_does_not_let_it_in() -> None:
    """Our own check says first what its KeyPackage lacks."""
    key_package = PeerClient(BOB.encode()).key_package().body
    assert isinstance(key_package, KeyPackage)
    with pytest.raises(InvalidLeafNode, match="context_extension_unsupported"):
        founded(*EXTENSIONS.values()).commit((Add(key_package),), RAND, None, authenticated_data=NOTHING)


@pytest.mark.parametrize(
    ("extension", "words"),
    [
        (ExtensionType.required_capabilities, "required extension not found"),
        (ExtensionType.app_data_dictionary, r"Unsupported group extension ExtensionType\(6\)"),
    ],
)
def test_which_extensions_of_a_room_it_refuses(extension: int, words: str) -> None:
    with pytest.raises(rs.Error, match=words):
        joined(EXTENSIONS[extension])


def test_it_takes_the_hub_as_external_sender_and_leaves_with_a_dictionary() -> None:
    """And handshakes and messages with a SafeAAD, which it hands on or passes over."""
    group, peer = joined(EXTENSIONS[ExtensionType.external_senders])
    assert peer.export(b"label", b"context", 32) == group.export("label", b"context", 32)
    commit = group.commit((), RAND, None, force_path=True, authenticated_data=NOTHING)
    peer.process(commit.message)
    content = PROFILE.wrap(b"hello", commit.next, RAND)
    message, group = commit.next.encrypt(content.data, RAND, content.authenticated_data)
    received = peer.process(message)
    assert received.is_application_message()
    answer = group.process(peer.encrypt(b"hello yourself"), None)
    assert isinstance(answer, ApplicationMessage)
    assert answer.data == b"hello yourself"


@pytest.mark.parametrize(
    "proposal", [SelfRemove(), list_update(ParticipantListUpdate(removed_indices=(0,)))], ids=["self_remove", "update"]
)
def test_which_proposals_it_can_not_read(proposal: Proposal) -> None:
    """It takes a body of unknown type for a vector of bytes. In which words that fails (the data ends, a
    length is none, the membership tag is wrong), depends on what follows.
    """
    group, peer = joined(EXTENSIONS[ExtensionType.external_senders])
    with enforced_by(KEEPS_NOTHING):
        message, _ = group.propose(proposal, RAND, authenticated_data=NOTHING)
    with pytest.raises(rs.Error, match="A mls-rs error occurred"):
        peer.process(message)
