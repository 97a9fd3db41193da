"""An MLS client of a user: performs operations, reads its queue, keeps its groups, its inbox and its event log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from simulator.clients.client_state import ClientState
from simulator.clients.consent_requests import ConsentRequests
from simulator.clients.downloads import download
from simulator.clients.enforcing import by_own_rules
from simulator.clients.events.event_log import EventLog
from simulator.clients.events.events import (
    Event,
    Lost,
    Received,
    Substituted,
)
from simulator.clients.key_packages.key_package_checks import SubstitutedKeyPackage
from simulator.clients.key_packages.publishing import Publishing
from simulator.clients.mailbox import Mailbox
from simulator.clients.operations import AddUsers, CreateGroup, Operation, Prepared
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.recovery import Recovery
from simulator.clients.request_sender import RequestSender
from simulator.drafts.mls_profile import REGULAR
from simulator.mls.group import Group
from simulator.mls.joining.key_package import KeyPackage
from simulator.mls.public_group import PublicGroup
from simulator.rules import Enforcement
from simulator.services.commands import SayConsent
from simulator.services.refusal import Refusal
from simulator.storage import ConsentWord


class Client:
    """One client. Everything it does goes through its own provider."""

    def __init__(self, state: ClientState, name: str) -> None:
        self.name = name
        """What people call it: `alice.phone`."""
        self.recovers = True
        """Whether it rejoins a group by itself once it has noticed that it lost touch."""
        self.events = EventLog()
        """What it did and noticed, oldest first."""
        self._state = state
        self._sender = RequestSender(state, self.events)
        self._recovery = Recovery(state, self.events, self._sender)
        self._mailbox = Mailbox(state, self.events, self._sender, self._recovery)
        self._consent_requests = ConsentRequests(state, self.events, self._mailbox)
        self._online = True
        self._is_back = False
        self._occupations = 0
        self._publishing = Publishing(state)

    @property
    def online(self) -> bool:
        """Whether it fetches its queue; set it to False and messages wait."""
        return self._online

    @online.setter
    def online(self, online: bool) -> None:
        self._is_back |= online and not self._online
        self._online = online

    @property
    def uri(self) -> str:
        """The client's URI."""
        return self._state.uri

    @property
    def state(self) -> ClientState:
        """What it is and has: for attacks of its own."""
        return self._state

    @property
    def enforcement(self) -> Enforcement:
        """Which rules it keeps."""
        return self._state.enforcement

    @property
    def user(self) -> str:
        """The URI of its user."""
        return self._state.user

    @property
    def groups(self) -> Mapping[str, Group]:
        """The groups it is a member of, by URI, in the order of joining."""
        return self._state.groups

    @property
    def inbox(self) -> tuple[Received, ...]:
        """The application messages it has read."""
        return tuple(event for event in self.events if isinstance(event, Received))

    @property
    def connection_requests(self) -> tuple[str, ...]:
        """The groups that it is invited to for a connection, and has neither accepted nor ignored."""
        return self._consent_requests.groups

    @property
    def consent_requests(self) -> tuple[str, ...]:
        """The users who have asked for consent without inviting it into a group, and got no answer yet; by URI."""
        return self._consent_requests.requesters

    @property
    def unopened(self) -> tuple[str, ...]:
        """The groups that it was added to, but whose hub has not let it join yet, by URI; their messages wait."""
        return self._mailbox.unopened

    @property
    def unanswered(self) -> tuple[Prepared, ...]:
        """What it asked for without getting an answer, oldest first: it may have been carried out or not.

        It is asked for again, in the same bytes, before the client acts or reads on in that group, until there is an
        answer. The event log tells which.
        """
        return self._sender.unanswered

    @property
    def unsure_of(self) -> tuple[str, ...]:
        """The groups that what is `unanswered` is about, by URI."""
        return tuple(prepared.group for prepared in self._sender.unanswered)

    def ended(self, group: str) -> tuple[PublicGroup, ...]:
        """The last epochs of a group that are over, as it knew them when they ended; oldest first."""
        return self._state.history.ended(group.encode())

    @by_own_rules
    def publish(self, count: int, kind: str = REGULAR, *, last_resort: bool) -> None:
        """Upload `count` fresh KeyPackages and, if asked for, one of last resort. Raises Refusal."""
        self._publishing.publish(count, kind, last_resort=last_resort)

    @by_own_rules
    def replenish(self) -> None:
        """Fill the stock of KeyPackages again; done with the next `sync` after coming back online. Raises Refusal."""
        self._publishing.replenish()

    @by_own_rules
    async def perform(self, operation: Operation) -> str:
        """Prepare and submit; the URI of the group it was about. Raises as those do."""
        prepared = await self.prepare(operation)
        return await self.submit(prepared)

    @by_own_rules
    async def prepare(self, operation: Operation) -> Prepared:
        """Build and sign the request of an operation at the present epoch, without sending it.

        Raises NotAMember, NoSuchMember, MLSError, SubstitutedKeyPackage, and Refusal, BadAnswer or TransportError
        where it has to ask first: also for what is `unanswered` in that group.
        """
        if operation.group is not None:
            await self._sender.catch_up(operation.group)
        with self.noting_substitution():
            return await operation.prepare(self._state)

    @contextmanager
    def noting_substitution(self) -> Iterator[None]:
        """Say in the event log if the KeyPackages that are fetched here are not those that were wanted."""
        try:
            yield
        except SubstitutedKeyPackage as error:
            self.events.append(Substituted(error.group, error.rule, str(error), error.rules))
            raise

    @by_own_rules
    async def submit(self, prepared: Prepared) -> str:
        """Hand a prepared request to the provider, and go on in the new epoch if that takes it.

        Raises Refusal (nothing has changed), BadAnswer or TransportError. Where the request may have been carried out
        without an answer, it is `unanswered` from then on.
        """
        await self._sender.submit(prepared)
        return prepared.group

    @by_own_rules
    async def download(self, message: Received) -> bytes:
        """The file to which a message refers, if it is what the message says. Raises Misuse, BadFile, and as `submit`
        does; nothing is asked for again.
        """
        return await download(self._state, self.events, message)

    def resume(self) -> None:
        """To be called when the client comes back from a crash of its own: what it was asking for got no answer."""
        self._sender.resume()

    @by_own_rules
    async def request_connection(self, user: str) -> str | None:
        """Ask `user` (a URI) for a connection, in the draft's way; the URI of the group that this takes, if it takes
        one. Raises as `perform` does.
        """
        return await self._state.draft.consent.connect(_Connecting(self), user)

    @by_own_rules
    async def accept_connection(self, user: str, *, key_packages: bool = False) -> str | None:
        """Let `user`, who has asked for it, add us to groups; the group that it has invited us to for that, if any.
        `key_packages`: a KeyPackage of each of our user's clients goes with the answer, where the draft has a place for
        them.

        Raises NoRequest, and as `perform` does.
        """
        return await self._consent_requests.accept(user, key_packages=key_packages)

    @by_own_rules
    async def accept_request(self, group: str) -> str:
        """Join the group `group`, into which somebody invites us to be connected; the URI of that user.

        Raises NoRequest, and as `perform` does.
        """
        return await self._consent_requests.accept_invitation(group)

    def ignore_request(self, group: str) -> None:
        """Drop the request to join the group `group`, without telling anybody. Raises NoRequest."""
        self._consent_requests.ignore_invitation(group)

    def ignore_connection(self, user: str, group: str | None = None) -> None:
        """Drop a request of `user`, without telling anybody; `group` says which invitation of its provider, where there
        are several. Raises NoRequest.
        """
        self._consent_requests.ignore(user, group)

    def lose_state(self, group: str) -> None:
        """Forget all about a group, as after a crash without backup. Raises NotAMember."""
        self.events.append(Lost(group, self._state.group(group).epoch))
        del self._state.groups[group]

    @property
    def is_idle(self) -> bool:
        """Whether `sync` would do nothing and bring nothing."""
        at_rest = not (self._is_back or self._sender.unanswered or self._recovery.doubtful)
        return not self.online or (at_rest and self._mailbox.is_empty)

    @property
    def has_queued(self) -> bool:
        """Whether its provider may have something for it."""
        return self._state.home.may_have(self.uri)

    @property
    def is_occupied(self) -> bool:
        """Whether it is in the midst of something that should not be disturbed by reading."""
        return self._occupations > 0

    @contextmanager
    def occupied(self) -> Iterator[None]:
        """It is, for the time of the block: whoever lets clients read by themselves leaves it alone."""
        self._occupations += 1
        try:
            yield
        finally:
            self._occupations -= 1

    @by_own_rules
    async def sync(self) -> tuple[Event, ...]:
        """Fetch, read and acknowledge what waits (see `Mailbox`), and come back into groups that we lost touch with.

        First of all a client that has come back fills its stock of KeyPackages: others may have emptied it meanwhile.
        Where its provider takes none, by a clock that is wrong, it reads all the same and tries that again next time.
        Returns what it made known: nothing if the client is offline.
        """
        before = self.events.total
        if self.online:
            if self._is_back:
                with suppress(Refusal):
                    self.replenish()
                    self._is_back = False
            await self._mailbox.read()
            if self.recovers:
                await self._recovery.recover_where_possible()
        return self.events.since(before)

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The groups whose hub seems to be somewhere else than this client is."""
        return self._recovery.doubtful

    @by_own_rules
    async def recover(self, group: str) -> None:
        """Compare with the group's hub, and rejoin or give up where that is somewhere else; the event log says what.

        Somebody else's commit may be faster: then the group stays doubtful until the next time. Raises NotAMember,
        and BadAnswer or TransportError where the hub can't be asked.
        """
        await self._recovery.recover(group)


class _Connecting:
    """The client as the draft sees it that says how users get connected."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def user(self) -> str:
        return self._client.user

    async def say_consent(self, command: SayConsent) -> None:
        await self._client.state.home.say_consent(command)

    async def fetch_key_packages(self, user: str, kind: str) -> tuple[KeyPackage, ...]:
        with self._client.noting_substitution():
            return await fetch_key_packages(self._client.state, "", (user,), kind=kind)

    async def create_group(self, kind: str) -> str:
        return await self._client.perform(CreateGroup(kind))

    async def invite(self, group: str, user: str, key_packages: tuple[KeyPackage, ...]) -> None:
        request = await self._client.prepare(AddUsers(group, (user,), key_packages))
        await self.say_consent(SayConsent(user, self.user, ConsentWord.granted))  # before an answer that may get lost
        await self._client.submit(request)
