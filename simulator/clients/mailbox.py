"""What comes to a client: its queue, read in order, and what has to wait for somebody's answer before it is read."""

from collections.abc import Iterator

from simulator.clients.backoff import Backoff
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import ConnectionRequested, Event, Joined, Rejected, Removed
from simulator.clients.joining import Invitation, Invited, Overtaken, open_invitation
from simulator.clients.message_processing import read
from simulator.clients.recovery import Recovery
from simulator.clients.request_sender import NOT_YET, RequestSender
from simulator.codec import DecodeError
from simulator.dataclass import dataclass
from simulator.drafts.received_message import ReceivedMessage
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.mls.errors import InvalidMessage, MLSError, WrongEpoch
from simulator.mls.framing.framing import PublicMessage
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group
from simulator.mls.joining.welcome import Welcome
from simulator.mls.rule import OURS, rule
from simulator.net import TransportError
from simulator.rules import refuse
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.names import group_provider, show_group
from simulator.services.refusal import Refusal
from simulator.storage import QueuedMessage

DECODES = rule(
    InvalidMessage,
    "",
    "malformed",
    "What waits in a client's queue is a message.",
    source=OURS,
    essential="what can't be decoded says nothing",
)
MEMBERS = rule(
    InvalidMessage,
    "",
    "not_a_member",
    "A message that waits for a client is of a group that it is in.",
    source=OURS,
    essential="there is no group that could read it",
)

ONCE = Practice("CLIENT-READS-ONCE", Kind.deduplicated, "A client reads each message of its queue once.")
FOR_HUB = Practice(
    "CLIENT-WAITS-FOR-HUB",
    Kind.deferred,
    "Messages of a group wait while its hub is asked for the tree to join it with.",
)
FOR_ANSWER = Practice(
    "CLIENT-WAITS-FOR-ANSWER",
    Kind.deferred,
    "Messages of a group wait while nobody knows whether a request of the client's own has begun its next epoch.",
)
FOR_USER = Practice(
    "CLIENT-WAITS-FOR-USER", Kind.deferred, "Messages of a group wait while the user is asked whether to join it."
)
UNWANTED = Practice(
    "CLIENT-DROPS-UNWANTED", Kind.dropped, "Messages of a group that the user does not join are not read."
)
PAST = Practice(
    "CLIENT-DROPS-PAST",
    Kind.dropped,
    "Proposals, commits and Welcomes of epochs before a member's own are not read, where such may come.",
)
LATER = Practice(
    "CLIENT-JOINS-LATER",
    Kind.backed_off,
    "A client that gets no tree from a hub asks again after a longer pause each time, and reads the rest meanwhile.",
)
TOO_LATE = Practice("CLIENT-JOINS-NO-MORE", Kind.gave_up, "A Welcome whose hub can't be asked for a week is rejected.")


@dataclass(frozen=True, slots=True)
class ConnectionRequest:
    """Somebody asks the user to join a connection group; it waits for the user's answer."""

    group: str
    invitation: Invitation


@dataclass(frozen=True, slots=True)
class _Deferred:
    """A message that has to wait for somebody's answer before it is read."""

    queued: QueuedMessage
    received: ReceivedMessage


class Mailbox:
    """One client's. What it makes known is added to `events`.

    What needs no answer of anybody is read first. What depends on one is put aside, with all that is about the same
    group, until there is one: a Welcome whose tree the group's hub is asked for; messages of a group whose next
    epoch may have begun by a request of ours, still without an answer, or of a connection group that the user has not
    decided about. A hub that doesn't answer now is asked again later (see `backoff`) and holds up no other group.
    """

    def __init__(self, state: ClientState, events: list[Event], sender: RequestSender, recovery: Recovery) -> None:
        self._state = state
        self._events = events
        self._sender = sender
        self._recovery = recovery
        self._requests: list[ConnectionRequest] = []
        self._deferred: list[_Deferred] = []
        self._read_to = 0
        self._invitations: dict[str, Invitation] = {}
        """By group; opening one may take an answer of the group's hub."""
        self._backoff = Backoff()

    @property
    def requests(self) -> tuple[ConnectionRequest, ...]:
        """What the user has neither agreed to nor ignored, oldest first."""
        return tuple(self._requests)

    @property
    def unopened(self) -> tuple[str, ...]:
        """The groups whose Welcome waits for an answer of the group's hub."""
        return tuple(self._invitations)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits for anybody's answer, nor in the queue."""
        return not (self._deferred or self._invitations) and not self._state.home.may_have(self._state.uri)

    async def read(self) -> None:
        """Fetch, read and acknowledge what waits."""
        self._read_queue()
        await self._sender.catch_up_where_possible()
        self._read_deferred()
        await self._open_invitations()

    def join(self, request: ConnectionRequest, invited: Invited) -> None:
        """The user has agreed."""
        self._requests.remove(request)
        self._join(request.group, invited)

    def drop_request(self, group: str) -> None:
        """Forget that we are asked into a group, and what we would have read there."""
        if any(request.group == group for request in self._requests):
            self._requests = [request for request in self._requests if request.group != group]
            kept = [other for other in self._deferred if show_group(other.queued.group_id) != group]
            if dropped := len(self._deferred) - len(kept):
                words = f"{dropped} messages waited for an invitation that is gone"
                self._state.decided(Decision(UNWANTED, words, group=group))
            self._deferred = kept

    def _read_deferred(self) -> None:
        for deferred in tuple(self._deferred):
            group, received = show_group(deferred.queued.group_id), deferred.received
            if deferred in self._deferred and self._waits_for(group, received) is None:
                self._read(group, received)
                self._deferred = [other for other in self._deferred if other != deferred]

    def _read_queue(self) -> None:
        """Read everything once: it comes again if we, or the provider, went down before it was acknowledged."""
        home = self._state.home
        for queued in home.fetch(self._state.uri):
            if queued.number > self._read_to:
                self._take(queued)
                self._read_to = queued.number
            else:
                group = show_group(queued.group_id)
                words = f"number {queued.number} of the queue has been read"
                self._state.decided(Decision(ONCE, words, group=group, peer=queued.sender))
            home.acknowledge(self._state.uri, queued.number)

    def _take(self, queued: QueuedMessage) -> None:
        group = show_group(queued.group_id)
        try:
            received = self._decoded(queued)
        except MLSError as error:
            self._reject(group, error, error.text)
            return
        waits_for = self._waits_for(group, received)
        if waits_for is not None:
            self._deferred.append(_Deferred(queued, received))
            self._state.decided(Decision(waits_for, waits_for.text, group=group, peer=queued.sender))
        else:
            self._read(group, received)

    def _waits_for(self, group: str, received: ReceivedMessage) -> Practice | None:
        """Why what to make of a message depends on an answer, if so: one of the group's hub, or of our user who is
        asked to join it. Another request to join takes the place of the one before.
        """
        if group in self._invitations:
            return FOR_HUB
        if self._sender.is_in_doubt(group):
            return FOR_ANSWER
        asked = any(request.group == group for request in self._requests) and group not in self._state.groups
        return FOR_USER if asked and not received.asks_consent else None

    def _read(self, uri: str, received: ReceivedMessage) -> None:
        """Messages that came together, up to one that removes us: what follows that is for those who stay."""
        for message in received.messages:
            if not isinstance(message.body, Welcome):
                if self._apply(uri, message, received):
                    return
                continue
            invitation = Invitation(message.body, received.ratchet_tree)
            if received.asks_consent:
                self.drop_request(uri)
                self._requests.append(ConnectionRequest(uri, invitation))
                self._events.append(ConnectionRequested(uri, group_provider(uri.encode())))
            else:
                self._invitations[uri] = invitation

    async def _open_invitations(self) -> None:
        """Join where the hub answers. A hub that can't be reached is asked for one group at a time only."""
        silent: set[str] = set()
        for group in self._invitations_due():
            hub = group_provider(group.encode())
            if hub in silent:
                continue
            too_late = self._backoff.failed(group, self._state.now())  # until it has succeeded: also if cancelled here
            try:
                await self._open_invitation(group)
            except (BadAnswer, TransportError, Refusal) as error:  # a Refusal that is NOT_YET the last word
                silent.add(hub)
                if not too_late:
                    again = {"again": f"in {self._backoff.pause(group)} s"}
                    self._state.decided(Decision(LATER, str(error), group=group, peer=hub, details=again))
                    continue
                self._state.decided(Decision(TOO_LATE, str(error), group=group, peer=hub))
                self._events.append(Rejected(group, "unreachable", f"its hub could not be asked for a week: {error}"))
            del self._invitations[group]
            self._backoff.forget(group)
            self._read_deferred()

    def _invitations_due(self) -> Iterator[str]:
        """The groups whose Welcomes may be tried now, also those that only come up meanwhile; each once."""
        seen: set[str] = set()
        while left := [group for group in self._invitations if group not in seen]:
            seen.add(left[0])
            if self._backoff.is_due(left[0], self._state.now()):
                yield left[0]

    async def _open_invitation(self, group: str) -> None:
        """Join, or reject the Welcome. Raises BadAnswer, TransportError, or a Refusal in NOT_YET."""
        try:
            self._join(group, await open_invitation(self._state, group, self._invitations[group], asked=False))
        except Overtaken as overtaken:
            self._state.stock.used(overtaken.bundle)
            self._state.decided(Decision(PAST, str(overtaken), group=group))
        except MLSError as error:
            self._reject(group, error, str(error))
        except Refusal as refusal:
            if refusal.code in NOT_YET:
                raise
            self._events.append(Rejected(group, str(refusal.code), str(refusal), refusal.rules))

    def _apply(self, uri: str, message: MLSMessage, received: ReceivedMessage) -> bool:
        """Whether it removes us."""
        try:
            group = self._member_of(uri)
        except MLSError as error:
            self._reject(uri, error, error.text)
            return False
        try:
            reading = read(uri, group, message, received, self._state.draft.mls, self._state.now())
        except MLSError as error:
            event = self._recovery.diagnose(uri, group, message, error)
            if isinstance(event, Rejected) and self._means_nothing(message, error):
                self._state.decided(Decision(PAST, error.text, group=uri))
            else:
                self._events.append(event)
            return False
        if isinstance(reading.event, Removed):
            self._state.home.left(self._state.uri, uri)  # first: where that fails, the message is read once more
        self._state.adopt(uri, reading.group)
        if isinstance(reading.event, Removed):
            if reading.begun is not None:
                self._state.history.note(group.public, reading.begun)
            del self._state.groups[uri]
        for event in (reading.event, *reading.doubts):
            self._events.append(event)
        return isinstance(reading.event, Removed)

    def _means_nothing(self, message: MLSMessage, error: MLSError) -> bool:
        """Whether it is about an epoch that is past, in a draft whose hubs send such messages all the same."""
        past = isinstance(error, WrongEpoch) and error.got < error.expected
        return past and self._state.draft.mls.ignores_past_handshakes and isinstance(message.body, PublicMessage)

    def _decoded(self, queued: QueuedMessage) -> ReceivedMessage:
        """What a message in the queue says. Raises InvalidMessage."""
        try:
            return self._state.draft.read_message(queued)
        except DecodeError as error:
            refuse(DECODES, str(error), error)

    def _member_of(self, uri: str) -> Group:
        """The group that a message is for. Raises InvalidMessage where we are not in it."""
        group = self._state.groups.get(uri)
        if group is None:
            refuse(MEMBERS, f"{self._state.uri} is not in the group {uri}")
        return group

    def _reject(self, group: str, error: MLSError, words: str) -> None:
        self._events.append(Rejected(group, error.rule, words, error.rules))

    def _join(self, uri: str, invited: Invited) -> None:
        invited.adopt(self._state, uri)
        self._events.append(Joined(uri, invited.group.epoch))
