"""Clients in rooms without any provider: their operations are prepared, and what comes of them is handed around."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, cast

from simulator.clients import ClientState
from simulator.clients.message_processing import Reading, read
from simulator.clients.operations import AddUsers, Operation
from simulator.clients.operations.create_group import found
from simulator.drafts.mimi_protocol_06.mls_profile import RoomProfile
from simulator.drafts.mimi_transport_00 import MIMI_TRANSPORT_00
from simulator.drafts.mls_profile import NewGroup
from simulator.drafts.received_message import ReceivedMessage
from simulator.drafts.requests.endpoint import Outgoing
from simulator.mls.crypto import cipher_suite
from simulator.mls.crypto.randomness import SeededRand
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group
from simulator.mls.joining.welcome import Welcome
from simulator.mls.long_work import finish

NOW = 1_700_000_000
SUITE = cipher_suite(1)
PROFILE = RoomProfile()
URI, ROOM = "mimi://a.example/g/clubhouse", "mimi://a.example/r/clubhouse"
ALICE, BOB, CATHY = (f"mimi://{name[0]}.example/d/{name}/phone" for name in ("alice", "bob", "cathy"))
TABLET = "mimi://b.example/d/bob/tablet"

_RAND = SeededRand(1, "hub")
PROPOSING, FRANKING = (SUITE.generate_signature_key_pair(_RAND) for _ in range(2))
"""The keys of the hub, a.example."""
HUB_KEYS = (PROPOSING.public, FRANKING.public)


@dataclass
class Home:
    """A client's provider, which answers as it is told."""

    provider: str
    hub_keys: tuple[bytes, ...] = HUB_KEYS
    answer: Any = None

    async def submit(self, _: Outgoing) -> Any:
        return self.answer

    async def in_steps(self, steps: Any) -> Any:
        return finish(steps)


@dataclass
class Written:
    """A draft's `write` that keeps the commands."""

    commands: list[Any] = field(default_factory=list)

    def __call__(self, command: Any, **_: Any) -> Outgoing:
        self.commands.append(command)
        return Outgoing(command.operation, MIMI_TRANSPORT_00.endpoints[0], "a.example", b"")


def client(uri: str) -> ClientState:
    """A client of its own."""
    draft = replace(MIMI_TRANSPORT_00, mls=PROFILE, write=Written())
    home = cast("Any", Home(uri.split("/")[2]))
    return ClientState.open(uri, home, draft, SUITE, SeededRand(1, uri), lambda: NOW)


def new_room(creator: ClientState, keys: Sequence[bytes] = HUB_KEYS) -> Group:
    """A new room with its creator alone."""
    group = found(creator, NewGroup(URI.encode(), creator.uri, "a.example", tuple(keys)))
    creator.adopt(URI, group)
    return group


async def prepared(state: ClientState, operation: Operation) -> Any:
    """The command that comes of an operation, which is taken to be accepted."""
    done = await operation.prepare(state)
    if done.next is not None:
        state.adopt(URI, done.next)
    return cast("Written", state.draft.write).commands[-1]


async def add(by: ClientState, *new: ClientState, others: Sequence[ClientState] = ()) -> None:
    """Add these clients to the room; `others` are in it already."""
    packages = tuple(each.stock.make(NOW) for each in new)
    command = await prepared(by, AddUsers(URI, (), packages))
    for each in others:
        take(each, command.update.commit)
    (message,) = command.welcomes
    for each in new:
        join(each, message, by.groups[URI])


def join(state: ClientState, message: MLSMessage, of: Group) -> None:
    """Join by a Welcome to the epoch of this member."""
    assert isinstance(message.body, Welcome)
    bundle = state.stock.find(secret.new_member for secret in message.body.secrets)
    assert bundle is not None
    group = Group.join(message.body, (bundle,), state.identity, of.public.tree.nodes(), now=NOW)
    PROFILE.check_joined(group.public, state.user, asked=False)
    state.adopt(URI, group.with_components(PROFILE.components))


def take(state: ClientState, message: MLSMessage, received: ReceivedMessage | None = None) -> Reading:
    """Process a message of others."""
    reading = read(URI, state.groups[URI], message, received or ReceivedMessage((message,)), PROFILE, NOW)
    state.adopt(URI, reading.group)
    return reading


async def room() -> tuple[ClientState, ClientState, ClientState]:
    """Alice's phone, Bob's phone and Bob's tablet in a room; Alice has created it."""
    alice, bob, tablet = (client(uri) for uri in (ALICE, BOB, TABLET))
    new_room(alice)
    await add(alice, bob, tablet)
    return alice, bob, tablet
