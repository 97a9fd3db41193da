"""A profile alone is plain RFC 9420; clients put into their messages whatever a draft's profile wants besides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from simulator.clients import ClientState
from simulator.clients.events import Received
from simulator.clients.message_processing import read
from simulator.clients.operations import Leave, RemoveUsers, Send, UpdateClient
from simulator.clients.operations.add_users import commit_adds
from simulator.clients.operations.create_group import found
from simulator.codec import decode
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.mls_profile import CONNECTION, REGULAR, Content, MLSProfile, NewGroup
from simulator.mls.app_data_dictionary import component_data, dictionary_extension
from simulator.mls.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.components import Component
from simulator.mls.crypto import cipher_suite
from simulator.mls.errors import InvalidCommit, InvalidMessage, MLSError
from simulator.mls.extension import Extension, ExtensionType
from simulator.mls.framing import PublicMessage
from simulator.mls.group import Group
from simulator.mls.identity import default_capabilities
from simulator.mls.message import MLSMessage
from simulator.mls.proposals import Proposal, ProposalType, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.randomness import Rand, SeededRand
from simulator.mls.received import ApplicationMessage
from simulator.mls.safe_aad import safe_aad, safe_aad_items
from simulator.mls.self_remove import SelfRemove
from simulator.mls.welcome import Welcome
from simulator.services import commands
from simulator.services.members import client_of

ROSTER, TAG = 0x0022, 0x0020
ALICE, BOB = "mimi://a.example/d/alice/phone", "mimi://b.example/d/bob/phone"
URI, NOW = "mimi://a.example/g/team", 1_700_000_000


class LaterProfile(MLSProfile):
    """A list of clients in the GroupContext, SelfRemoves, and components in the authenticated data of each message."""

    capabilities = default_capabilities(
        (ExtensionType.app_data_dictionary,), (ProposalType.app_data_update, ProposalType.self_remove)
    )
    components = {ROSTER: Component(lambda _, updates: updates[-1])}
    handshake_data = safe_aad({})

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        """The creator is on the list."""
        return (dictionary_extension({ROSTER: new.creator.encode()}),)

    def roster_change(
        self, group: PublicGroup, *, adds: Sequence[str] = (), removes: Sequence[str] = ()
    ) -> tuple[Proposal, ...]:
        """The whole list, as it will be."""
        now = [client for client in roster(group) if client not in removes]
        return (AppDataUpdate(ROSTER, ComponentUpdate("\n".join((*now, *adds)).encode())),)

    def leave(self, group: Group) -> tuple[Proposal, ...]:
        """So that a newcomer can commit it, too."""
        del group
        return (SelfRemove(),)

    def wrap(self, data: bytes, group: Group, rand: Rand) -> Content:
        """The message with its length beside it."""
        del group, rand
        return Content(b"<" + data + b">", safe_aad({TAG: bytes([len(data)])}))

    def unwrap(self, message: ApplicationMessage, group: PublicGroup) -> bytes:
        """If the length is right."""
        data = message.data[1:-1]
        if safe_aad_items(message.authenticated_data).get(TAG) != bytes([len(data)]):
            raise InvalidMessage("wrong_length", "the test", "the length beside the message is another")
        return data

    def check_epoch(self, after: PublicGroup, before: PublicGroup | None, refuse: type[MLSError]) -> None:
        """The list and the members are the same."""
        members = sorted(client_of(member.leaf_node) for member in after.members())
        if members != sorted(roster(after)):
            raise refuse("not_listed", "the test", "a member is not on the list")


def roster(group: PublicGroup) -> list[str]:
    return component_data(group.context.extensions, InvalidCommit)[ROSTER].decode().split("\n")


@dataclass
class Home:
    """Nobody is asked here but for the name."""

    provider: str


def client(uri: str, mls: MLSProfile) -> ClientState:
    draft = replace(MIMI_TRANSPORT_00, mls=mls)
    home = cast("Any", Home(uri.split("/")[2]))
    return ClientState.open(uri, home, draft, cipher_suite(1), SeededRand(1, uri), lambda: NOW)


def sent(body: bytes) -> MLSMessage:
    request: Any = decode(DSRequest, body).body
    found = [getattr(request, name, None) for name in ("group_update", "proposal", "application_message")]
    (message,) = (getattr(each, "commit", each) for each in found if each is not None)
    return cast("MLSMessage", message)


def pair(mls: MLSProfile) -> tuple[ClientState, ClientState]:
    """Alice and bob in one group; alice has created it and added bob."""
    alice, bob = client(ALICE, mls), client(BOB, mls)
    group = found(alice, NewGroup(URI.encode(), ALICE, "a.example", None))
    alice.adopt(URI, group)
    added = commit_adds(alice, URI, commands.AddUsers, [bob.stock.make(NOW)])
    assert added.next is not None
    alice.adopt(URI, added.next)
    request: Any = decode(DSRequest, added.outgoing.body).body
    (welcome,) = request.welcomes
    assert isinstance(welcome.body, Welcome)
    bundle = bob.stock.find(secret.new_member for secret in welcome.body.secrets)
    assert bundle is not None
    nodes = alice.groups[URI].public.tree.nodes()
    joined = Group.join(welcome.body, (bundle,), bob.identity, nodes, now=NOW)
    bob.adopt(URI, joined.with_components(mls.components))
    return alice, bob


def aad(message: MLSMessage) -> bytes:
    assert isinstance(message.body, PublicMessage)
    return message.body.content.authenticated_data


@pytest.mark.parametrize(("mls", "data"), [(MLSProfile(), b""), (LaterProfile(), b"\x00")])
async def test_content_and_handshakes(mls: MLSProfile, data: bytes) -> None:
    alice, bob = pair(mls)
    said = await Send(URI, b"hello").prepare(alice)
    reading = read(URI, bob.groups[URI], sent(said.outgoing.body), mls, NOW)
    assert reading.event == Received(URI, 1, ALICE, b"hello")
    renewed = await UpdateClient(URI).prepare(bob)
    message = sent(renewed.outgoing.body)
    assert aad(message) == data
    alice.adopt(URI, read(URI, alice.groups[URI], message, mls, NOW).group)
    leaving = await Leave(URI).prepare(alice)
    assert aad(sent(leaving.outgoing.body)) == data


async def test_a_roster_change_goes_with_adds_and_removes() -> None:
    mls = LaterProfile()
    alice, bob = pair(mls)
    assert roster(bob.groups[URI].public) == [ALICE, BOB]
    removing = await RemoveUsers(URI, (bob.user,)).prepare(alice)
    assert removing.next is not None
    assert roster(removing.next.public) == [ALICE]


async def test_what_the_draft_does_not_allow_is_refused() -> None:
    mls = LaterProfile()
    alice, bob = pair(mls)
    group = alice.groups[URI]
    unlisted = group.commit((Remove(1),), alice.rand, NOW)
    with pytest.raises(InvalidCommit, match="not on the list"):
        mls.check_epoch(unlisted.next.public, group.public, InvalidCommit)
    change = mls.roster_change(group.public, adds=["mimi://c.example/d/carol/phone"])
    unmatched = group.commit(change, alice.rand, NOW, authenticated_data=mls.handshake_data)
    with pytest.raises(InvalidCommit, match="not_listed"):
        read(URI, bob.groups[URI], unmatched.message, mls, NOW)
    wrong, _ = group.encrypt(b"<hello>", alice.rand, safe_aad({TAG: b"\x04"}))
    with pytest.raises(InvalidMessage, match="wrong_length"):
        read(URI, bob.groups[URI], wrong, mls, NOW)


async def test_leaving_by_another_proposal() -> None:
    mls = LaterProfile()
    alice, _ = pair(mls)
    leaving = await Leave(URI).prepare(alice)
    message = sent(leaving.outgoing.body)
    assert isinstance(message.body, PublicMessage)
    assert message.body.content.content == SelfRemove()
    plain, _ = pair(MLSProfile())
    message = sent((await Leave(URI).prepare(plain)).outgoing.body)
    assert isinstance(message.body, PublicMessage)
    assert message.body.content.content == Remove(0)


def test_plain_rfc_9420() -> None:
    mls = MLSProfile()
    alice, bob = pair(mls)
    group = alice.groups[URI].public
    leaf = group.members()[0].leaf_node
    assert mls.kinds == (REGULAR,)
    assert mls.kind_of(leaf) == REGULAR
    assert mls.leaf_extensions(CONNECTION) == mls.key_package_extensions(last_resort=False) == ()
    made = bob.stock.make(NOW)
    assert not mls.is_last_resort(made)
    with pytest.raises(ValueError, match="no KeyPackages of last resort"):
        mls.key_package_extensions(last_resort=True)
    assert mls.roster_change(group, adds=[BOB], removes=[ALICE]) == ()
    assert mls.context_extensions(NewGroup(b"group", ALICE, "a.example", b"key")) == ()
    assert mls.welcome_for(made) == mls.welcome_for(alice.stock.make(NOW)), "one for all"
    mls.check_invitation(made, asked=False)
    mls.check_joined(group, bob.user, asked=False)
    mls.check_epoch(group, None, InvalidCommit)
