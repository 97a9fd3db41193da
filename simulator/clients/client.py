"""An MLS client of a user: performs operations, reads its queue, keeps its groups, its inbox and its event log."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress

from simulator.clients.client_state import ClientState
from simulator.clients.event_log import EventLog
from simulator.clients.events import (
    Event,
    Lost,
    Received,
    Rejected,
    Substituted,
)
from simulator.clients.joining import Invited, open_invitation
from simulator.clients.key_package_checks import SubstitutedKeyPackage
from simulator.clients.mailbox import ConnectionRequest, Mailbox
from simulator.clients.operations import AddUsers, CreateGroup, Operation, Prepared
from simulator.clients.operations.add_users import fetch_key_packages
from simulator.clients.publishing import Publishing
from simulator.clients.recovery import Recovery
from simulator.clients.request_sender import NOT_YET, RequestSender
from simulator.drafts.mls_profile import CONNECTION, REGULAR
from simulator.errors import SimulatorError, hint
from simulator.mls.errors import MLSError
from simulator.mls.group import Group
from simulator.services.members import users_of
from simulator.services.names import group_provider, user_provider
from simulator.services.refusal import Refusal


class NoRequest(SimulatorError):
    """A user was told to answer a connection request that it does not have."""


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
        self._online = True
        self._is_back = False
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
        """The connection groups it is invited to and has neither accepted nor ignored."""
        return tuple(request.group for request in self._mailbox.requests)

    @property
    def unopened(self) -> tuple[str, ...]:
        """The groups that it was added to, but whose owner has not let it join yet, by URI; their messages wait."""
        return self._mailbox.unopened

    @property
    def unanswered(self) -> tuple[Prepared, ...]:
        """What it asked for without getting an answer, oldest first: it may have been carried out or not.

        It is asked for again, in the same bytes, before the client acts or reads on in that group, until there is an
        answer. The event log tells which.
        """
        return self._sender.unanswered

    def publish(self, count: int, kind: str = REGULAR, *, last_resort: bool) -> None:
        """Upload `count` fresh KeyPackages and, if asked for, one of last resort. Raises Refusal."""
        self._publishing.publish(count, kind, last_resort=last_resort)

    def replenish(self) -> None:
        """Fill the stock of KeyPackages again; done with the next `sync` after coming back online. Raises Refusal."""
        self._publishing.replenish()

    async def perform(self, operation: Operation) -> str:
        """Prepare and submit; the URI of the group it was about. Raises as those do."""
        prepared = await self.prepare(operation)
        return await self.submit(prepared)

    async def prepare(self, operation: Operation) -> Prepared:
        """Build and sign the request of an operation at the present epoch, without sending it.

        Raises NotAMember, NoSuchMember, MLSError, SubstitutedKeyPackage, and Refusal, BadAnswer or TransportError
        where it has to ask first: also for what is `unanswered` in that group.
        """
        if operation.group is not None:
            await self._sender.catch_up(operation.group)
        with self._noting_substitution():
            return await operation.prepare(self._state)

    @contextmanager
    def _noting_substitution(self) -> Iterator[None]:
        try:
            yield
        except SubstitutedKeyPackage as error:
            self.events.append(Substituted(error.group, error.rule, str(error)))
            raise

    async def submit(self, prepared: Prepared) -> str:
        """Hand a prepared request to the provider, and go on in the new epoch if that takes it.

        Raises Refusal (nothing has changed), BadAnswer or TransportError. Where the request may have been carried out
        without an answer, it is `unanswered` from then on.
        """
        await self._sender.submit(prepared)
        return prepared.group

    def resume(self) -> None:
        """To be called when the client comes back from a crash of its own: what it was asking for got no answer."""
        self._sender.resume()

    async def request_connection(self, user: str) -> str:
        """Ask `user` (a URI) for a connection; the URI of the connection group. Raises as `perform` does.

        First the KeyPackages, then the group, as in [DS] Connection establishment flow: who can't be asked leaves no
        group behind.
        """
        with self._noting_substitution():
            key_packages = await fetch_key_packages(self._state, "", (user,), kind=CONNECTION)
        group = await self.perform(CreateGroup(CONNECTION))
        request = await self.prepare(AddUsers(group, (user,), key_packages))
        self._state.home.grant(self.user, user)  # before the answer, which may get lost
        return await self.submit(request)

    async def accept_connection(self, user: str) -> str:
        """Join the connection group to which `user` invited us.

        Who asks, the group's tree tells; so requests of the same provider are looked at until one is `user`'s. One that
        leads nowhere any more is dropped, and the event log says so. Raises NoRequest, and as `perform` does.
        """
        for request in self._requests_from(user):
            invited = await self._open(request)
            if invited is not None and user in users_of(invited.group.public):
                self._agree(request, invited, user)
                return request.group
        raise self._no_request(user)

    async def accept_request(self, group: str) -> str:
        """Join the connection group `group`, whoever invited us there; the URI of the user we are connected to then.

        One that leads nowhere any more, or that nobody can ask for like this, is dropped, and the event log says so.
        Raises NoRequest, and as `perform` does.
        """
        request = self._request_to(group)
        invited = await self._open(request)
        if invited is None:
            rejected = next(event for event in reversed(self.events) if isinstance(event, Rejected))
            text = f"the connection request to {group} leads nowhere any more: {self.uri} has dropped it"
            raise NoRequest(f"{text} ({rejected.reason})")
        (other,) = users_of(invited.group.public) - {self.user}
        self._agree(request, invited, other)
        return other

    def ignore_request(self, group: str) -> None:
        """Drop the request to join the connection group `group`, without telling anybody. Raises NoRequest."""
        self._mailbox.drop_request(self._request_to(group).group)

    def ignore_connection(self, user: str, group: str | None = None) -> None:
        """Drop a request of `user`, without telling anybody.

        Nobody is asked who it is from: where several wait from that provider, say which `group`. Raises NoRequest.
        """
        waiting = [r.group for r in self._requests_from(user) if group in (None, r.group)]
        if not waiting:
            raise self._no_request(user)
        if len(waiting) > 1:
            raise NoRequest(f"{self.uri} has {len(waiting)} requests from there: say which of {', '.join(waiting)}")
        self._mailbox.drop_request(waiting[0])

    def lose_state(self, group: str) -> None:
        """Forget all about a group, as after a crash without backup. Raises NotAMember."""
        self.events.append(Lost(group, self._state.group(group).epoch))
        del self._state.groups[group]

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
        """The groups whose owner seems to be somewhere else than this client is."""
        return self._recovery.doubtful

    async def recover(self, group: str) -> None:
        """Compare with the group's owner, and rejoin or give up where that is somewhere else; the event log says what.

        Somebody else's commit may be faster: then the group stays doubtful until the next time. Raises NotAMember,
        and BadAnswer or TransportError where the owner can't be asked.
        """
        await self._recovery.recover(group)

    def _requests_from(self, user: str) -> list[ConnectionRequest]:
        """What waits from the provider of `user`; whose request each is, is not known yet."""
        return [r for r in self._mailbox.requests if group_provider(r.group.encode()) == user_provider(user)]

    def _request_to(self, group: str) -> ConnectionRequest:
        for request in self._mailbox.requests:
            if request.group == group:
                return request
        raise NoRequest(f"{self.uri} is not asked to join {group}{hint(group, self.connection_requests)}")

    def _agree(self, request: ConnectionRequest, invited: Invited, user: str) -> None:
        self._state.home.grant(self.user, user)  # first: only this can fail
        self._mailbox.join(request, invited)

    async def _open(self, request: ConnectionRequest) -> Invited | None:
        """Where a request leads; None if nowhere any more, and then it is dropped."""
        try:
            return await open_invitation(self._state, request.group, request.invitation, asked=True)
        except (MLSError, Refusal) as error:
            if isinstance(error, Refusal) and error.code in NOT_YET:
                raise
            rule = error.rule if isinstance(error, MLSError) else error.code.value
            self.events.append(Rejected(request.group, rule, str(error)))
            self._mailbox.drop_request(request.group)
            return None

    def _no_request(self, user: str) -> NoRequest:
        waiting = ", ".join(self.connection_requests) or "nothing waits"
        return NoRequest(f"{self.uri} has no connection request of {user} to answer ({waiting})")
