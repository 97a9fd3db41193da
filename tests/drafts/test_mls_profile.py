"""A profile alone is plain RFC 9420; clients put into their messages whatever a draft's profile wants besides."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import pytest

from simulator.clients import ClientState
from simulator.clients.adversary import ImpossibleSuccessor, WrongMembershipTag
from simulator.clients.adversary.odd_commit import OddCommit
from simulator.clients.events.events import Doubted, Received
from simulator.clients.message_processing import read
from simulator.clients.operations import CreateGroup, ExternalJoin, Leave, Operation, RemoveUsers, Send, UpdateClient
from simulator.clients.operations.add_users import commit_adds
from simulator.clients.operations.create_group import found
from simulator.clients.operations.external_join import fetch_snapshot
from simulator.codec import codec, decode, encode
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mimi_transport_00.messages.delivery import DSRequest
from simulator.drafts.mls_profile import CONNECTION, REGULAR, Content, Doubt, MLSProfile, NewGroup, Said
from simulator.drafts.received_message import ReceivedMessage
from simulator.drafts.requests.endpoint import BadAnswer, Outgoing
from simulator.mls.commits.staged import StagedCommit
from simulator.mls.crypto import CipherSuite, KeyPair, cipher_suite
from simulator.mls.crypto.inputs import HPKECiphertext
from simulator.mls.crypto.randomness import Rand, SeededRand
from simulator.mls.errors import InvalidCommit, InvalidMessage, MLSError
from simulator.mls.extensions.app_data_dictionary import component_data, dictionary_extension
from simulator.mls.extensions.components import Component
from simulator.mls.extensions.extension import Extension, ExtensionType, find_extension
from simulator.mls.framing.framing import MemberSender, PublicMessage
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.received import ApplicationMessage
from simulator.mls.framing.safe_aad import safe_aad, safe_aad_items
from simulator.mls.group import Group
from simulator.mls.identity import default_capabilities
from simulator.mls.joining.group_info import GroupInfo
from simulator.mls.joining.welcome import Welcome
from simulator.mls.long_work import finish
from simulator.mls.proposals.app_data_update import AppDataUpdate, ComponentUpdate
from simulator.mls.proposals.proposals import Proposal, ProposalType, Remove
from simulator.mls.proposals.self_remove import SelfRemove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.node import RatchetTreeNodes
from simulator.services import commands, names
from simulator.services.members import client_of
from simulator.services.results import Done, GroupSnapshot, NewGroupId, Result, SealedSnapshot

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

    def new_group_id(self, hub: str, rand: Rand) -> bytes | None:
        """The first one."""
        del rand
        return names.group(hub, "new")

    def context_extensions(self, new: NewGroup) -> tuple[Extension, ...]:
        """The creator is on the list."""
        return (dictionary_extension({ROSTER: new.creator.encode()}),)

    def roster_change(
        self, group: PublicGroup, *, adds: Sequence[str] = (), removes: Sequence[str] = ()
    ) -> tuple[Proposal, ...]:
        """The whole list, as it will be."""
        going = [stored.sender for stored in group.proposals.values() if isinstance(stored.proposal, SelfRemove)]
        gone = [client_of(each.leaf_node) for each in group.members() if MemberSender(each.leaf_index) in going]
        now = [client for client in roster(group) if client not in (*removes, *gone)]
        return (AppDataUpdate(ROSTER, ComponentUpdate("\n".join((*now, *adds)).encode())),)

    def leave(self, group: Group, *, alone: bool = False) -> tuple[Proposal, ...]:
        """So that a newcomer can commit it, too; and off the list."""
        leaving = client_of(group.own_leaf)
        return (SelfRemove(), *self.roster_change(group.public, removes=[leaving]))

    def doubts(self, commit: StagedCommit, before: PublicGroup) -> tuple[Doubt, ...]:
        """Commits without any change are the hub's to refuse."""
        return () if commit.proposals else (Doubt("nothing_new", f"a commit of epoch {before.epoch} is empty"),)

    def wrap(self, data: bytes, group: Group, rand: Rand) -> Content:
        """The message with its length beside it."""
        del group, rand
        return Content(b"<" + data + b">", safe_aad({TAG: bytes([len(data)])}))

    def unwrap(self, message: ApplicationMessage, group: PublicGroup, received: ReceivedMessage) -> Said:
        """If the length is right; the hub says whether it has seen the message."""
        data = message.data[1:-1]
        if safe_aad_items(message.authenticated_data).get(TAG) != bytes([len(data)]):
            raise InvalidMessage("wrong_length", "the test", "the length beside the message is another")
        seen = isinstance(received, SeenMessage) and received.seen
        evidence = b"seen" if seen else b""
        return Said(data, () if seen else (Doubt("unseen", "the hub has not seen it", ("LATER-SEEN",)),), evidence)

    def check_epoch(self, after: PublicGroup, before: PublicGroup | None, refuse: type[MLSError]) -> None:
        """The list and the members are the same."""
        members = sorted(client_of(member.leaf_node) for member in after.members())
        if members != sorted(roster(after)):
            raise refuse("not_listed", "the test", "a member is not on the list")


@dataclass(frozen=True, slots=True)
class SeenMessage(ReceivedMessage):
    """With the hub's word."""

    seen: bool = False


def roster(group: PublicGroup) -> list[str]:
    return component_data(group.context.extensions, InvalidCommit)[ROSTER].decode().split("\n")


@dataclass
class Home:
    """A provider that says what it is told to."""

    provider: str
    hub_keys: tuple[bytes, ...] = ()
    answer: Any = None

    async def submit(self, _: Outgoing) -> Any:
        return self.answer

    async def in_steps(self, steps: Any) -> Any:
        return finish(steps)


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
    group = found(alice, NewGroup(URI.encode(), ALICE, "a.example"))
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
    message = sent(said.outgoing.body)
    reading = read(URI, bob.groups[URI], message, SeenMessage((message,), seen=True), mls, NOW)
    evidence = b"seen" if isinstance(mls, LaterProfile) else b""
    assert (reading.event, reading.doubts) == (Received(URI, 1, ALICE, b"hello", evidence), ())
    renewed = await UpdateClient(URI).prepare(bob)
    message = sent(renewed.outgoing.body)
    assert aad(message) == data
    reading = read(URI, alice.groups[URI], message, ReceivedMessage((message,)), mls, NOW)
    doubts = [Doubted(URI, "nothing_new", "a commit of epoch 1 is empty")] if isinstance(mls, LaterProfile) else []
    assert list(reading.doubts) == doubts
    alice.adopt(URI, reading.group)
    renewed = await UpdateClient(URI).prepare(alice)
    assert aad(sent(renewed.outgoing.body)) == data


@pytest.mark.parametrize(
    "attack",
    [
        WrongMembershipTag(URI),
        ImpossibleSuccessor(URI, "mimi://a.example/g/next"),
        OddCommit(URI, "update_client"),
        OddCommit(URI, "self_remove_client", proposed=True, removes=(BOB,)),
    ],
)
async def test_attackers_keep_to_the_form(attack: Operation) -> None:
    alice, _ = pair(LaterProfile())
    assert aad(sent((await attack.prepare(alice)).outgoing.body)) == b"\x00"


async def test_what_a_member_takes_with_a_doubt() -> None:
    mls = LaterProfile()
    alice, bob = pair(mls)
    message = sent((await Send(URI, b"hello").prepare(alice)).outgoing.body)
    reading = read(URI, bob.groups[URI], message, ReceivedMessage((message,)), mls, NOW)
    assert reading.event == Received(URI, 1, ALICE, b"hello")
    assert reading.doubts == (Doubted(URI, "unseen", "the hub has not seen it", ("LATER-SEEN",)),)


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
        read(URI, bob.groups[URI], unmatched.message, ReceivedMessage((unmatched.message,)), mls, NOW)
    wrong, _ = group.encrypt(b"<hello>", alice.rand, safe_aad({TAG: b"\x04"}))
    with pytest.raises(InvalidMessage, match="wrong_length"):
        read(URI, bob.groups[URI], wrong, ReceivedMessage((wrong,)), mls, NOW)


class Recording:
    """A draft's `write` that keeps the commands."""

    def __init__(self) -> None:
        self.commands: list[Any] = []

    def __call__(self, command: Any, **_: Any) -> Any:
        self.commands.append(command)
        return MIMI_TRANSPORT_00.write(commands.FetchJoinInfo(URI.encode()), sender="", recipient="")


async def test_leaving_takes_all_that_the_draft_wants() -> None:
    """The proposals are of one sender and one epoch; whoever commits commits them all."""
    alice, bob = pair(LaterProfile())
    write = Recording()
    alice.draft = replace(alice.draft, write=write)
    leaving = await Leave(URI).prepare(alice)
    (command,) = write.commands
    messages = [command.proposal, *command.more]
    assert [message.body.content.content for message in messages] == [
        SelfRemove(),
        AppDataUpdate(ROSTER, ComponentUpdate(BOB.encode())),
    ]
    assert {aad(message) for message in messages} == {b"\x00"}
    for message in messages:
        received = ReceivedMessage((message,))
        bob.adopt(URI, read(URI, bob.groups[URI], message, received, bob.draft.mls, NOW).group)
    bundle = bob.groups[URI].commit((), bob.rand, NOW)
    assert roster(bundle.next.public) == [BOB]
    assert [client_of(member.leaf_node) for member in bundle.next.public.members()] == [BOB]
    assert leaving.next is not None


async def test_a_joiner_commits_what_waits_where_the_hub_tells_of_it() -> None:
    alice, bob = pair(LaterProfile())
    laptop = client("mimi://b.example/d/bob/laptop", LaterProfile())
    group = bob.groups[URI]
    leaving, _ = alice.groups[URI].propose(SelfRemove(), alice.rand, NOW, authenticated_data=b"\x00")
    info, nodes = mls_message(group.group_info()), group.public.tree.nodes()
    home = cast("Any", laptop.home)
    home.answer = GroupSnapshot(info, nodes, (leaving,))
    joining = await ExternalJoin(URI).prepare(laptop)
    assert joining.next is not None
    assert {client_of(each.leaf_node) for each in joining.next.public.members()} == {BOB, laptop.uri}
    assert sorted(roster(joining.next.public)) == sorted((BOB, laptop.uri))
    message, received = sent(joining.outgoing.body), ReceivedMessage((leaving,))
    known = read(URI, group, leaving, received, laptop.draft.mls, NOW).group
    followed = read(URI, known, message, ReceivedMessage((message,)), laptop.draft.mls, NOW)
    assert followed.group.epoch_authenticator == joining.next.epoch_authenticator
    home.answer = GroupSnapshot(info, nodes, (alice.groups[URI].encrypt(b"", alice.rand)[0],))
    with pytest.raises(BadAnswer, match="a proposal that is no PublicMessage"):
        await ExternalJoin(URI).prepare(laptop)


class SealingProfile(LaterProfile):
    """The hub encrypts what joiners have to know."""

    def sealing_key(self, suite: CipherSuite, rand: Rand) -> KeyPair | None:
        """A fresh one."""
        return suite.generate_hpke_key_pair(rand, "join_info")

    def open_join_info(
        self, answer: Result, group_id: bytes, suite: CipherSuite, keys: KeyPair | None
    ) -> GroupSnapshot:
        """The encoded GroupInfo, whose tree is in it."""
        assert isinstance(answer, SealedSnapshot)
        assert keys is not None
        opened = decode(GroupInfo, suite.decrypt_with_label(keys.private, "test", group_id, unpacked(answer.content)))
        tree = find_extension(opened.extensions, ExtensionType.ratchet_tree)
        return GroupSnapshot(mls_message(opened), codec(RatchetTreeNodes).decode(tree or b""))


def unpacked(content: bytes) -> HPKECiphertext:
    return decode(HPKECiphertext, content)


@dataclass
class SealingHub(Home):
    """A provider that answers with a group of its own, to the key that comes with the question."""

    group: Group | None = None
    command: Any = None
    """What the last request written is for."""

    def write(self, command: Any, **_: Any) -> Outgoing:
        self.command = command
        return MIMI_TRANSPORT_00.write(commands.FetchJoinInfo(URI.encode()), sender="", recipient="")

    async def submit(self, _: Outgoing) -> Any:
        command, rand = self.command, SeededRand(1, "hub")
        assert self.group is not None
        info = encode(self.group.group_info((ExtensionType.external_pub, ExtensionType.ratchet_tree)))
        suite = cipher_suite(command.seal_to.cipher_suite)
        sealed = suite.encrypt_with_label(command.seal_to.public_key, "test", command.group_id, info, rand)
        return SealedSnapshot(encode(sealed))


async def test_what_a_joiner_has_to_know_may_come_encrypted_to_it() -> None:
    alice, bob = pair(LaterProfile())
    laptop = client("mimi://b.example/d/bob/laptop", SealingProfile())
    hub = SealingHub("b.example", group=bob.groups[URI])
    laptop.draft = replace(laptop.draft, write=hub.write)
    laptop.home = cast("Any", hub)
    snapshot = await fetch_snapshot(laptop, URI)
    assert snapshot.public.context == alice.groups[URI].public.context


async def test_who_gives_a_new_group_its_id() -> None:
    alice, asking = client(ALICE, LaterProfile()), client(ALICE, MLSProfile())
    made = await CreateGroup().prepare(alice)
    assert made.group == "mimi://a.example/g/new"
    cast("Any", asking.home).answer = NewGroupId(b"mimi://a.example/g/given")
    assert (await CreateGroup().prepare(asking)).group == "mimi://a.example/g/given"
    cast("Any", asking.home).answer = None
    with pytest.raises(BadAnswer, match="did not answer with a group id"):
        await CreateGroup().prepare(asking)


async def test_a_draft_may_have_no_place_for_more() -> None:
    alice, _ = pair(LaterProfile())
    with pytest.raises(ValueError, match="a SelfRemoveClientRequest has no place for more"):
        await Leave(URI).prepare(alice)
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
    assert mls.context_extensions(NewGroup(b"group", ALICE, "a.example", (b"key",))) == ()
    assert mls.welcome_for(made) == mls.welcome_for(alice.stock.make(NOW)), "one for all"
    mls.check_invitation(made, asked=False)
    mls.check_joined(group, bob.user, asked=False)
    mls.check_epoch(group, None, InvalidCommit)
    assert mls.sealing_key(cipher_suite(1), alice.rand) is None
    with pytest.raises(BadAnswer, match="did not answer with a GroupInfo"):
        mls.open_join_info(Done(), group.group_id, cipher_suite(1), None)
