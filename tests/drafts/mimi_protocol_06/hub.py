"""The hub of a room over a store in memory, asked through its endpoints, and members with real groups."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from simulator.codec import decode, encode
from simulator.drafts.mimi_protocol_06 import rules
from simulator.drafts.mimi_protocol_06.binding.create_room import CREATE_ROOM, CreateRoomRequest
from simulator.drafts.mimi_protocol_06.binding.notify import NOTIFY
from simulator.drafts.mimi_protocol_06.binding.submit_message import SUBMIT_MESSAGE
from simulator.drafts.mimi_protocol_06.binding.update import UPDATE
from simulator.drafts.mimi_protocol_06.client import leaves
from simulator.drafts.mimi_protocol_06.content.franking_tag import authenticated_data
from simulator.drafts.mimi_protocol_06.messages.common import (
    PartialGroupInfo,
    Protocol,
    RatchetTreePresence,
    TreeAtHub,
)
from simulator.drafts.mimi_protocol_06.messages.notify import FanoutMessage
from simulator.drafts.mimi_protocol_06.messages.submit_message import SubmitMessageRequest
from simulator.drafts.mimi_protocol_06.messages.update import CommitBundle as WireBundle
from simulator.drafts.mimi_protocol_06.messages.update import HandshakeBundle, UpdateRequest, UpdateRoomResponse
from simulator.drafts.mimi_protocol_06.mls_profile import RoomProfile
from simulator.drafts.mimi_protocol_06.room.room_state import RoomState, room_state
from simulator.drafts.mimi_protocol_06.rules.room_facts import RoomFacts
from simulator.drafts.mimi_protocol_06.rules.rooms import find_room
from simulator.drafts.mimi_protocol_06.sender import from_header
from simulator.drafts.mls_profile import NewGroup
from simulator.drafts.requests.endpoint import Answer, Endpoint
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.message import MLSMessage, mls_message
from simulator.mls.framing.received import CommitBundle
from simulator.mls.group import Group
from simulator.mls.identity import Identity
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.joining.key_package_bundle import KeyPackageBundle, make_key_package
from simulator.mls.joining.welcome import Welcome
from simulator.mls.long_work import finish
from simulator.mls.proposals.proposals import Add, Proposal, Remove
from simulator.mls.public_group import PublicGroup
from simulator.mls.tree.credential import BasicCredential
from simulator.services.delivery.effects import Effect, FanOut
from simulator.services.delivery.outbox import keep
from simulator.services.names import parse_client
from simulator.services.refusal import Refusal
from simulator.services.service_context import ServiceContext
from simulator.storage import GroupRecord
from tests.breaking import breaks
from tests.services.bench import LIFETIME, NOW, SUITE, Bench

PROFILE = RoomProfile()
ROOM, GROUP = "mimi://a.example/r/clubhouse", "mimi://a.example/g/clubhouse"
HANDSHAKE = authenticated_data()


@dataclass
class Member:
    """A client, in the room or not."""

    uri: str
    identity: Identity
    rand: SeededRand
    bundles: list[KeyPackageBundle] = field(default_factory=list)
    joined: Group | None = None

    @classmethod
    def of(cls, uri: str) -> "Member":
        """A client with a key of its own."""
        rand = SeededRand(7, uri)
        credential = BasicCredential(uri.encode())
        return cls(
            uri,
            Identity.generate(SUITE, credential, rand, leaves.CAPABILITIES, leaves.leaf_extensions()),
            rand,
        )

    @property
    def user(self) -> str:
        """The URI of its user."""
        return parse_client(self.uri).user

    @property
    def provider(self) -> str:
        """Its provider."""
        return parse_client(self.uri).provider

    @property
    def group(self) -> Group:
        """The group it is in."""
        assert self.joined is not None
        return self.joined

    @property
    def leaf(self) -> int:
        """Its place in the group."""
        return self.group.own_index

    def key_package(self) -> KeyPackage:
        """A fresh one; the client keeps the private half."""
        bundle = make_key_package(self.identity, SUITE, self.rand, LIFETIME, (), leaves.leaf_extensions())
        self.bundles.append(bundle)
        return bundle.key_package

    def commit(self, *proposals: Proposal, **options: Any) -> CommitBundle:
        """A commit that nobody has heard of yet."""
        options = {"authenticated_data": HANDSHAKE, **options}
        return self.group.commit(proposals, self.rand, NOW, **options)

    def propose(self, *proposals: Proposal) -> tuple[MLSMessage, ...]:
        """Proposals that it knows itself from now on."""
        messages = []
        for proposal in proposals:
            message, self.joined = self.group.propose(proposal, self.rand, NOW, authenticated_data=HANDSHAKE)
            messages.append(message)
        return tuple(messages)

    def say(self, text: bytes, *, beside: bytes = HANDSHAKE) -> MLSMessage:
        """An application message."""
        message, self.joined = self.group.encrypt(text, self.rand, beside)
        return message

    def hear(self, message: MLSMessage) -> None:
        """Take in what others sent."""
        self.joined = self.group.process(message, NOW).group


@dataclass
class Hub(Bench):
    """a.example, or another provider, with its store; clients are named `alice.phone@a`."""

    members: dict[str, Member] = field(default_factory=dict)

    @property
    def context(self) -> ServiceContext:
        """What services are told."""
        return replace(super().context, rules=rules)

    def member(self, name: str) -> Member:
        """A client; ours are registered."""
        if name not in self.members:
            who, _, at = name.partition("@")
            user, _, device = who.partition(".")
            made = self.members[name] = Member.of(f"mimi://{at}.example/d/{user}/{device}")
            if made.provider == self.provider:
                self.register(made)
        return self.members[name]

    def ask(self, endpoint: Endpoint, body: bytes, sender: str, room: str = ROOM) -> tuple[bytes, tuple[Effect, ...]]:
        """What an endpoint answers, effects and all."""
        variables = {"roomId": room} if endpoint.template.variable else {}
        request = replace(endpoint.wire_request(body, variables, from_header(sender)), variables=variables)

        def do(context: ServiceContext) -> Answer:
            answer = endpoint.open(request).perform(context)
            assert isinstance(answer, Answer)
            keep(answer.effects, context)
            return answer

        answer = self.do(do)
        return answer.reply.body, answer.effects

    @contextmanager
    def refusing(self, rule: str, code: str) -> Iterator[None]:
        """What is asked inside breaks this rule only, and changes nothing."""
        before = self.store.fingerprint()
        with breaks(rule), pytest.raises(Refusal) as caught:
            yield
        assert str(caught.value.code) == code
        assert self.store.fingerprint() == before

    def create(self, name: str = "alice.phone@a") -> Member:
        """A new room of this client."""
        creator = self.member(name)
        creator.joined = self.new_group(creator)
        self.ask(CREATE_ROOM, encode(creation(creator)), self.provider)
        return creator

    def new_group(self, creator: Member, group: str = GROUP, **changes: Any) -> Group:
        """A group that its hub has not heard of yet."""
        new = NewGroup(group.encode(), creator.uri, self.provider, self.do(rules.hub_keys))
        made = Group.create(
            creator.identity,
            SUITE,
            new.group_id,
            creator.rand,
            LIFETIME,
            extensions=changes.get("extensions") or PROFILE.context_extensions(new),
            leaf_extensions=leaves.leaf_extensions(),
        )
        return made.with_components(PROFILE.components)

    def update(self, request: UpdateRequest, sender: Member) -> tuple[Effect, ...]:
        """Have it accepted, from its sender's provider."""
        return self.ask(UPDATE, encode(request), sender.provider)[1]

    def commit(self, committer: Member, *proposals: Proposal) -> tuple[Effect, ...]:
        """A commit that is accepted, and that all others follow."""
        bundle = committer.commit(*proposals)
        effects = self.update(commit_request(bundle), committer)
        committer.joined = bundle.next
        self.spread(bundle.message, committer)
        for welcome in bundle.welcomes:
            self.welcome(welcome, bundle.next)
        return effects

    def add(self, adder: Member, *names: str) -> tuple[Effect, ...]:
        """Add clients, and their users where they are new."""
        new = [self.member(name) for name in names]
        return self.commit(adder, *self.adding(adder, *new))

    def adding(self, adder: Member, *new: Member) -> tuple[Proposal, ...]:
        """What adds these clients."""
        adds = tuple(Add(each.key_package()) for each in new)
        return (*adds, *PROFILE.roster_change(adder.group.public, adds=[each.uri for each in new]))

    def removing(self, remover: Member, *gone: Member) -> tuple[Proposal, ...]:
        """What removes these clients, and their users where nothing of them is left."""
        removes = tuple(Remove(each.leaf) for each in gone)
        return (*removes, *PROFILE.roster_change(remover.group.public, removes=[each.uri for each in gone]))

    def propose(self, proposer: Member, *proposals: Proposal) -> tuple[Effect, ...]:
        """A bundle of proposals that is accepted, and that all others hear."""
        messages = proposer.propose(*proposals)
        effects = self.update(proposal_request(messages), proposer)
        for message in messages:
            self.spread(message, proposer)
        return effects

    def send(self, sender: Member, text: bytes = b"hello", **options: Any) -> tuple[Effect, ...]:
        """An application message that is accepted."""
        body = encode(message_request(sender.say(text, **options), sender))
        return self.ask(SUBMIT_MESSAGE, body, sender.provider)[1]

    def join(self, name: str) -> tuple[UpdateRequest, CommitBundle]:
        """The external commit of a client, which nobody has heard of yet."""
        return external_commit(self.member(name), self)

    def spread(self, message: MLSMessage, sender: Member | None = None) -> None:
        """All members but the sender hear it."""
        for each in self.members.values():
            if each is not sender and each.joined is not None:
                each.hear(message)
                if not each.group.active:
                    each.joined = None

    def welcome(self, message: MLSMessage, of: Group) -> None:
        """Whom it invites joins."""
        welcome = message.body
        assert isinstance(welcome, Welcome)
        invited = {secrets.new_member for secrets in welcome.secrets}
        for each in self.members.values():
            if invited & {bundle.reference for bundle in each.bundles}:
                joined = Group.join(welcome, each.bundles, each.identity, of.public.ratchet_tree())
                each.joined = joined.with_components(PROFILE.components)

    @property
    def record(self) -> GroupRecord:
        """The room as it is kept."""
        return find_room(ROOM, self.context)

    @property
    def facts(self) -> RoomFacts:
        """What is kept beside it."""
        return RoomFacts.of(self.record)

    @property
    def state(self) -> RoomState:
        """The room with what waits."""
        return room_state(self.record.public)

    def queue_of(self, name: str) -> list[FanoutMessage]:
        """What waits for a client of ours."""
        waiting = self.store.queues.pending(self.member(name).uri)
        return [decode(FanoutMessage, each.payload) for each in waiting]

    def notify(self, *messages: FanoutMessage, sender: str = "a.example", room: str = ROOM) -> None:
        """Bring these in one body."""
        self.ask(NOTIFY, b"".join(map(encode, messages)), sender, room)


def creation(creator: Member) -> CreateRoomRequest:
    """The request that makes a client's new group a room."""
    (leaf,) = (member.leaf_node for member in creator.group.public.members())
    return CreateRoomRequest(leaf, mls_message(creator.group.group_info()))


def commit_request(bundle: CommitBundle, **changes: Any) -> UpdateRequest:
    """A commit as it is sent; `changes` to what comes with it."""
    info = bundle.group_info
    option = PartialGroupInfo(RatchetTreePresence.no_ratchet_tree, info.extensions, info.signature)
    welcome = next((each.body for each in bundle.welcomes), None)
    assert welcome is None or isinstance(welcome, Welcome)
    beside = replace(WireBundle(welcome, option, TreeAtHub()), **changes)
    return UpdateRequest(HandshakeBundle(bundle.message, commit=beside))


def proposal_request(messages: Sequence[MLSMessage]) -> UpdateRequest:
    """Proposals as they are sent."""
    return UpdateRequest(HandshakeBundle(messages[0], more_proposals=tuple(messages[1:])))


def message_request(message: MLSMessage, sender: Member) -> SubmitMessageRequest:
    """An application message as it is sent."""
    return SubmitMessageRequest(Protocol.mls10, message, sender.user)


def external_commit(joiner: Member, hub: Hub, **options: Any) -> tuple[UpdateRequest, CommitBundle]:
    """A client joins by itself, with what the hub knows."""
    record = hub.record
    info: Any = record.group_info.body
    public = PublicGroup.from_group_info(info, record.public.ratchet_tree(), NOW).with_components(PROFILE.components)
    for waiting in hub.facts.queue:
        body: Any = waiting.proposal.body
        public = public.stage_proposal(body, NOW).group
    resync = public.find(joiner.uri.encode()) is not None
    chosen = {"proposals": PROFILE.joining_change(public, joiner.uri), "authenticated_data": HANDSHAKE, **options}
    joining = Group.external_joining(
        info,
        public,
        joiner.identity,
        joiner.rand,
        resync=resync,
        leaf_extensions=leaves.leaf_extensions(),
        **chosen,
    )
    bundle = finish(joining)
    return commit_request(bundle), bundle


def accepted_at(answer: bytes) -> int:
    """The time in the answer to an update."""
    found = decode(UpdateRoomResponse, answer).accepted_timestamp
    assert found is not None
    return found


def brought(effects: Sequence[Effect]) -> dict[str, list[FanoutMessage]]:
    """What each provider gets, in order; what comes to our own clients under "own"."""
    found: dict[str, list[FanoutMessage]] = {}
    for effect in effects:
        name = effect.provider if isinstance(effect, FanOut) else "own"
        found.setdefault(name, []).append(decode(FanoutMessage, effect.delivery.payload))
    return found


def own_recipients(effects: Sequence[Effect]) -> list[tuple[str, ...]]:
    """For which of our own clients each message is that is for any."""
    return [effect.delivery.recipients for effect in effects if not isinstance(effect, FanOut)]
