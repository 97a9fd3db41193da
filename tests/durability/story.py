"""A story of a federation that goes on after every crash: what users do, what was accepted, what must be true of it.

Each step can be begun again: it first finds out what became of the attempt before. So a story can be stopped anywhere,
by a provider that crashes or by the end of the whole process, and told to its end.
"""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field

from simulator.clients import Client, NoRequest
from simulator.clients.events.events import Accepted, Received, Rejected
from simulator.clients.operations import (
    AddClients,
    AddUsers,
    CreateGroup,
    DeleteGroup,
    ExternalJoin,
    Leave,
    RemoveUsers,
    Send,
    UpdateClient,
)
from simulator.drafts import DRAFTS
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.drafts.registry import find
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.errors import SimulatorError
from simulator.federation import ProviderSpec, Session, Topology
from simulator.net import TransportError
from simulator.services.limits.policy import Policy
from simulator.services.names import client as client_uri
from simulator.services.names import group_provider
from simulator.services.refusal import Code, Refusal
from simulator.services.tokens.refusals import TOKEN_REQUIRED
from simulator.storage import StoreError
from tests.durability import tokens

USERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "a.example": {"alice": ("phone", "laptop")},
    "b.example": {"bob": ("phone",)},
    "c.example": {"carol": ("phone", "tablet")},
}
ATTEMPTS = 100
"""So many times something is tried before the test gives up; a bound, not a wait."""
UNHURRIED = 20
"""Seconds that may pass, while everything settles, before stores fail no more."""
STRIDE = 600
"""Seconds that pass at a time after that: a process that is killed often must come through a pause in one life."""
AFTERMATH = Policy().key_refetch + 1
"""Seconds after which who could not be asked for a key is asked again."""
LONGEST = 2 * Policy().longest_retry + AFTERMATH
"""Seconds after which everything has arrived then: an attempt after a pause, and one more that repeats it in another
signature."""

NOT_HAD = frozenset({Code.sender_unverifiable, TOKEN_REQUIRED, Code("unreachable")})
"""What is refused because a key, a token, or an answer that was to be passed on, can't be had from somebody."""

STORE_FAILED = frozenset({Code.internal, Code.sender_unverifiable})
"""What is refused because a store failed: that of who refuses, or that of who is asked for the key it signs with."""


def topology(
    directory: str | None = None,
    *,
    with_users: bool = True,
    paying: bool = False,
    draft: str = DRAFTS[0].name,
) -> Topology:
    """The story's federation, with its stores in files in `directory` or in memory; `paying` with tokens."""
    of_tokens = tokens.settings() if paying else {}
    return Topology(
        tuple(
            ProviderSpec(
                name,
                users if with_users else {},
                database=directory and f"{directory}/{name}.db",
                tokens=of_tokens.get(name),
            )
            for name, users in USERS.items()
        ),
        key_packages=stock(find(draft), paying=paying),
        draft=draft,
    )


def stock(draft: Draft, *, paying: bool) -> int:
    """How many KeyPackages of each kind each client has: more than any story takes, or a few and one of last resort."""
    return tokens.STOCK if paying or DraftFeature.last_resort in draft.lacks else 3


@dataclass(frozen=True)
class Said:
    """A message that was accepted, and the clients that have to get it."""

    group: str
    sender: str
    data: bytes
    readers: tuple[str, ...]


@dataclass
class Story:
    """How far it has come. Holds nothing but values, so that it can be kept in a file."""

    step: int = 0
    groups: dict[str, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    accepted: int = 0
    attempts: int = 0
    since: int | None = None
    """How many events the acting client had before the attempt under way."""


class Teller:
    """Tells a story in a session, with providers that may crash at any time.

    Where stores fail, they do so everywhere but in the block of a `reliable()`: there the teller itself reads them.
    """

    def __init__(
        self,
        session: Session,
        story: Story,
        reliable: Callable[[], AbstractContextManager[None]] | None = None,
    ) -> None:
        self.session = session
        self.story = story
        self._revived = False
        """Whether somebody was down since that was last an excuse."""
        self._stores_fail, self._reliable = reliable is not None, reliable or nullcontext

    async def tell(self) -> None:
        """To the end."""
        steps = steps_of(self.session.draft)
        while self.story.step < len(steps):
            await steps[self.story.step](self)
            self.story.step += 1

    async def act(self, name: str, do: Callable[[Client], Awaitable[str]], operation: str) -> str:
        """Let a client do something until its last request, of this operation, is accepted; the group's URI."""
        client = self.session.client(name)
        for attempt in range(ATTEMPTS):
            with self._eased(attempt):
                group = await self._attempt(client, do, operation)
            if group is not None:
                return group
        raise AssertionError(f"{name} could not {operation}")

    async def _attempt(self, client: Client, do: Callable[[Client], Awaitable[str]], operation: str) -> str | None:
        story = self.story
        if story.since is None:
            story.since, story.attempts = len(client.events), story.attempts + 1
            try:
                return self._done(await do(client))
            except (TransportError, BadAnswer, StoreError):
                pass
            except Refusal as refusal:
                self._excuse(refusal)
        await self._find_out(client)
        for event in client.events[story.since :]:
            if isinstance(event, Accepted) and event.operation == operation:
                return self._done(event.group)
        story.since = None
        return None

    async def send(self, name: str, group: str) -> None:
        """Let a client say something to a group; every attempt says something else."""
        uri = self.story.groups[group]
        await self.act(name, lambda client: client.perform(Send(uri, self._words)), "send_message")
        sender = self.session.client(name).uri
        readers = tuple(reader for reader in self._members(uri) if reader != sender)
        self.story.said.append(Said(uri, sender, self._words, readers))

    async def accept(self, name: str, user: str) -> None:
        """Let a client accept a connection."""
        uri = self.session.user(user).uri
        await self.repeat(name, lambda client: client.accept_connection(uri))

    async def repeat(self, name: str, do: Callable[[Client], Awaitable[object]]) -> None:
        """Let a client do something until it is answered: nothing but that tells, and twice is as good as once."""
        for attempt in range(ATTEMPTS):
            with self._eased(attempt):
                try:
                    await do(self.session.client(name))
                except NoRequest:
                    return  # accepted by the attempt before
                except (TransportError, BadAnswer, StoreError):
                    await self._revive()
                except Refusal as refusal:
                    self._excuse(refusal)
                else:
                    return
        raise AssertionError(f"{name} gets no answer")

    async def settle(self) -> None:
        """Until everybody has everything; at first with stores as they are."""
        for _ in range(UNHURRIED):
            if await self._is_settled():
                return
            self.session.advance(1)
        with self._reliable():
            for _ in range(0, LONGEST, STRIDE):
                if await self._is_settled():
                    return
                self.session.advance(STRIDE)
        raise AssertionError("it does not settle")

    async def _is_settled(self) -> bool:
        await self.session.settle()
        revived = await self._revive()
        with self._reliable():
            return not revived and self._quiet()

    def check(self) -> None:
        """Whether everything that was accepted has happened, once and in order, and nothing else."""
        session = self.session
        assert [fault for fault in session.faults if not (self._stores_fail and isinstance(fault, StoreError))] == []
        assert [provider.undelivered for provider in session.providers] == [()] * len(session.providers)
        for client in session.clients:
            assert [event for event in client.events if isinstance(event, Rejected)] == [], client.uri
            for group in dict.fromkeys(said.group for said in self.story.said):
                expected = [(s.sender, s.data) for s in self.story.said if s.group == group and client.uri in s.readers]
                got = [(e.sender, e.data) for e in client.events if isinstance(e, Received) and e.group == group]
                assert got == expected, client.uri
        for group in self.story.groups.values():
            self._check_group(group)

    def _check_group(self, group: str) -> None:
        record = self.session.provider(group_provider(group.encode())).executor.store.groups.get(group.encode())
        views = {c.uri: c.groups[group] for c in self.session.clients if group in c.groups}
        if record is None:
            assert len(views) == 1, "a group that was deleted, and who deleted it"
            return
        assert sorted(views) == sorted(self._members(group))
        for view in views.values():
            assert view.public.context == record.public.context
            assert view.public.interim_transcript_hash == record.public.interim_transcript_hash
            assert view.public.ratchet_tree() == record.public.ratchet_tree()
            assert view.public.proposals.keys() == record.public.proposals.keys()
        assert len({view.epoch_authenticator for view in views.values()}) == 1

    @property
    def _words(self) -> bytes:
        return b"step %d, attempt %d" % (self.story.step, self.story.attempts)

    def _members(self, group: str) -> list[str]:
        with self._reliable():
            record = self.session.provider(group_provider(group.encode())).executor.store.groups.get(group.encode())
        assert record is not None
        return [member.identity.decode() for member in record.public.members()]

    def _done(self, group: str) -> str:
        self.story.since = None
        self.story.accepted += 1
        return group

    def _eased(self, attempt: int) -> AbstractContextManager[None]:
        """Stores work after some attempts: who may fail for ever need not ever succeed."""
        return self._reliable() if attempt >= UNHURRIED else nullcontext()

    def _excuse(self, refusal: Refusal) -> None:
        """A refusal is the end, unless a store has failed, or somebody who was asked was down."""
        if self._stores_fail and refusal.code in STORE_FAILED:
            return
        down = any(not provider.is_up for provider in self.session.providers)
        if refusal.code in NOT_HAD and (down or self._revived or self._stores_fail):
            self._revived = False
            self.session.advance(AFTERMATH)  # who could not be asked for a key is not asked again at once
            return
        raise refusal

    async def _find_out(self, client: Client) -> None:
        """What became of a request that got no answer."""
        await self._revive()
        for _ in range(ATTEMPTS):
            with suppress(SimulatorError, StoreError):
                await client.sync()
            if not client.unanswered:
                return
            await self._revive()
        raise AssertionError(f"{client.uri} can't find out what became of {client.unanswered}")

    async def _revive(self) -> bool:
        down = [provider for provider in self.session.providers if not provider.is_up]
        self._revived = self._revived or bool(down)
        for provider in down:
            with suppress(StoreError):
                await provider.start()
        return bool(down)

    def _quiet(self) -> bool:
        return all(not provider.executor.store.outbox.providers() for provider in self.session.providers) and all(
            not client.unanswered and not client.unopened and not self._queue(client) for client in self.session.clients
        )

    def _queue(self, client: Client) -> int:
        (provider,) = (p for p in self.session.providers if client.uri.startswith(f"mimi://{p.name}/"))
        return len(provider.executor.store.queues.pending(client.uri))


Step = Callable[[Teller], Awaitable[None]]


def ask(name: str, user: str) -> Step:
    """Ask a user for a connection."""

    async def step(tell: Teller) -> None:
        uri = tell.session.user(user).uri

        async def request(client: Client) -> str:
            return str(await client.request_connection(uri))

        if DraftFeature.connection_groups in tell.session.draft.lacks:
            await tell.repeat(name, request)
        else:
            tell.story.groups[f"{name} and {user}"] = await tell.act(name, request, "add_users")

    return step


def accept(name: str, user: str) -> Step:
    """Accept the connection that a user asked for."""

    async def step(tell: Teller) -> None:
        await tell.accept(name, user)

    return step


def create(name: str, group: str) -> Step:
    """Create a group that the story calls `group`."""

    async def step(tell: Teller) -> None:
        tell.story.groups[group] = await tell.act(name, lambda client: client.perform(CreateGroup()), "create_group")

    return step


def change(name: str, group: str, make: Callable[[str, Session], object], operation: str) -> Step:
    """Do something in a group."""

    async def step(tell: Teller) -> None:
        uri = tell.story.groups[group]
        await tell.act(name, lambda client: client.perform(make(uri, tell.session)), operation)  # type: ignore[arg-type]

    return step


def resync(name: str, group: str) -> Step:
    """Lose a group's state, and come back by an external commit."""

    async def step(tell: Teller) -> None:
        uri = tell.story.groups[group]

        async def lose_and_join(client: Client) -> str:
            if uri in client.groups:
                client.lose_state(uri)
            return await client.perform(ExternalJoin(uri))

        await tell.act(name, lose_and_join, "external_join")

    return step


def say(name: str, group: str = "team") -> Step:
    """Send a message."""

    async def step(tell: Teller) -> None:
        await tell.send(name, group)

    return step


async def settle(tell: Teller) -> None:
    """Let everybody catch up."""
    await tell.settle()


def users(*names: str) -> Callable[[Session], tuple[str, ...]]:
    """URIs of users."""
    return lambda session: tuple(session.user(name).uri for name in names)


LAPTOP = client_uri("a.example", "alice", "laptop")

STEPS: tuple[Step, ...] = (
    ask("alice.phone", "bob"),
    ask("alice.phone", "carol"),
    settle,
    accept("bob.phone", "alice"),
    accept("carol.phone", "alice"),
    accept("carol.tablet", "alice"),
    create("alice.phone", "team"),
    change("alice.phone", "team", lambda uri, s: AddUsers(uri, users("bob", "carol")(s)), "add_users"),
    say("alice.phone"),
    say("alice.phone"),
    settle,
    say("bob.phone"),
    say("bob.phone"),
    settle,
    change("carol.phone", "team", lambda uri, s: UpdateClient(uri), "update_client"),
    say("carol.phone"),
    settle,
    change("alice.phone", "team", lambda uri, s: AddClients(uri, (LAPTOP,)), "add_clients"),
    settle,
    say("alice.laptop"),
    settle,
    resync("carol.tablet", "team"),
    settle,
    say("carol.tablet"),
    settle,
    change("bob.phone", "team", lambda uri, s: Leave(uri), "self_remove_client"),
    settle,
    change("carol.phone", "team", lambda uri, s: UpdateClient(uri), "update_client"),
    settle,
    say("carol.phone"),
    say("alice.phone"),
    change("alice.phone", "team", lambda uri, s: RemoveUsers(uri, users("carol")(s)), "remove_users"),
    say("alice.phone"),
    ask("bob.phone", "carol"),
    settle,
    accept("carol.phone", "bob"),
    accept("carol.tablet", "bob"),
    create("bob.phone", "brief"),
    change("bob.phone", "brief", lambda uri, s: AddUsers(uri, users("alice", "carol")(s)), "add_users"),
    say("bob.phone", "brief"),
    settle,
    say("carol.tablet", "brief"),
    change("alice.laptop", "brief", lambda uri, s: UpdateClient(uri), "update_client"),
    say("alice.laptop", "brief"),
    settle,
)
DELETED: tuple[Step, ...] = (
    change("bob.phone", "brief", lambda uri, s: DeleteGroup(uri), "delete_group"),
    settle,
)


def steps_of(draft: Draft) -> tuple[Step, ...]:
    """All that the draft has a request for."""
    return STEPS if DraftFeature.delete_group in draft.lacks else (*STEPS, *DELETED)
