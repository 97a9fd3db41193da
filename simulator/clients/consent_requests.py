"""What others ask a client's user for: to be allowed to add it to groups.

A request comes as an invitation into a group, which the user joins by agreeing; or the user's provider has noted it. By
whom an invitation is, only the group's tree tells.
"""

from simulator.clients.client_state import ClientState
from simulator.clients.events.event_log import EventLog
from simulator.clients.events.events import Rejected
from simulator.clients.joining import Invited, open_invitation
from simulator.clients.mailbox import ConnectionRequest, Mailbox
from simulator.clients.request_sender import NOT_YET
from simulator.errors import Misuse, hint
from simulator.mls.errors import MLSError
from simulator.services.commands import SayConsent
from simulator.services.members import users_of
from simulator.services.names import group_provider, user_provider
from simulator.services.refusal import Refusal
from simulator.storage import EVERYTHING, ConsentWord


class NoRequest(Misuse):
    """A user was told to answer a connection request that it does not have."""


class ConsentRequests:
    """Those that the user has neither agreed to nor ignored. What turns out to lead nowhere is added to `events`."""

    def __init__(self, state: ClientState, events: EventLog, mailbox: Mailbox) -> None:
        self._state = state
        self._events = events
        self._mailbox = mailbox

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups that the user is invited to, oldest first."""
        return tuple(request.group for request in self._mailbox.requests)

    @property
    def requesters(self) -> tuple[str, ...]:
        """The users whose request the user's provider has noted, oldest first."""
        asked = self._state.home.consent_requests(self._state.user)
        return tuple(dict.fromkeys(request.requester for request in asked))

    async def accept(self, user: str, *, key_packages: bool = False) -> str | None:
        """Let `user` in, who has asked; the group that we have joined by that, if we were invited into one.

        Where a request was noted, `key_packages` says whether KeyPackages of all our user's clients go with the answer.
        Invitations of the same provider are looked at until one is `user`'s. One that leads nowhere any more is
        dropped, and the event log says so. Raises NoRequest, Refusal, BadAnswer or TransportError.
        """
        for noted in self._noted_from(user):
            await self._grant(user, noted.scope, key_packages=key_packages)
            return None
        for request in self._invitations_from(user):
            invited = await self._open(request)
            if invited is not None and user in users_of(invited.group.public):
                await self._agree(request, invited, user)
                return request.group
        raise self._no_request(user)

    async def accept_invitation(self, group: str) -> str:
        """Join the group `group`, whoever invited us there; the URI of the user whom we have let in.

        One that leads nowhere any more, or that nobody can ask for like this, is dropped, and the event log says so.
        Raises NoRequest, Refusal, BadAnswer or TransportError.
        """
        request = self._invitation_to(group)
        invited = await self._open(request)
        if invited is None:
            rejected = next(event for event in reversed(self._events) if isinstance(event, Rejected))
            text = f"the connection request to {group} leads nowhere any more: {self._state.uri} has dropped it"
            raise NoRequest(f"{text} ({rejected.reason})")
        (other,) = set(users_of(invited.group.public)) - {self._state.user}
        await self._agree(request, invited, other)
        return other

    def ignore_invitation(self, group: str) -> None:
        """Drop the request to join the group `group`, without telling anybody. Raises NoRequest."""
        self._mailbox.drop_request(self._invitation_to(group).group)

    def ignore(self, user: str, group: str | None = None) -> None:
        """Drop a request of `user`, without telling anybody.

        Nobody is asked who an invitation is from: where several wait from that provider, say which `group`. Raises
        NoRequest.
        """
        for noted in self._noted_from(user):
            self._state.home.drop_consent_request(noted)
            return
        waiting = [r.group for r in self._invitations_from(user) if group in (None, r.group)]
        if not waiting:
            raise self._no_request(user)
        if len(waiting) > 1:
            text = f"{self._state.uri} has {len(waiting)} requests from there: say which of {', '.join(waiting)}"
            raise NoRequest(text)
        self._mailbox.drop_request(waiting[0])

    def _noted_from(self, user: str) -> list[SayConsent]:
        return [asked for asked in self._state.home.consent_requests(self._state.user) if asked.requester == user]

    def _invitations_from(self, user: str) -> list[ConnectionRequest]:
        """What waits from the provider of `user`; whose invitation each is, is not known yet."""
        return [r for r in self._mailbox.requests if group_provider(r.group.encode()) == user_provider(user)]

    def _invitation_to(self, group: str) -> ConnectionRequest:
        for request in self._mailbox.requests:
            if request.group == group:
                return request
        raise NoRequest(f"{self._state.uri} is not asked to join {group}{hint(group, self.groups)}")

    async def _agree(self, request: ConnectionRequest, invited: Invited, user: str) -> None:
        await self._grant(user)  # first: only this can fail
        self._mailbox.join(request, invited)

    async def _grant(self, user: str, scope: str = EVERYTHING, *, key_packages: bool = False) -> None:
        said = SayConsent(user, self._state.user, ConsentWord.granted, scope)
        await self._state.home.say_consent(said, key_packages=key_packages)

    async def _open(self, request: ConnectionRequest) -> Invited | None:
        """Where an invitation leads; None if nowhere any more, and then it is dropped."""
        try:
            return await open_invitation(self._state, request.group, request.invitation, asked=True)
        except (MLSError, Refusal) as error:
            if isinstance(error, Refusal) and error.code in NOT_YET:
                raise
            rule = error.rule if isinstance(error, MLSError) else str(error.code)
            self._events.append(Rejected(request.group, rule, str(error), error.rules))
            self._mailbox.drop_request(request.group)
            return None

    def _no_request(self, user: str) -> NoRequest:
        waiting = ", ".join(self.groups) or "nothing waits"
        return NoRequest(f"{self._state.uri} has no connection request of {user} to answer ({waiting})")
