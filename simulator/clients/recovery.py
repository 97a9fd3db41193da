"""Coming back into a group whose hub is somewhere else than we are: compare, then rejoin or give up."""

from simulator.clients.backoff import Backoff
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Equivocated, Event, Recovered, Stopped
from simulator.clients.events.rejection_diagnosis import diagnose, doubtful, equivocated
from simulator.clients.operations.external_join import Snapshot, fetch_snapshot, join_from
from simulator.clients.request_sender import RequestSender
from simulator.codec import DecodeError
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.mls.errors import MLSError
from simulator.mls.framing.message import MLSMessage
from simulator.mls.group import Group
from simulator.net import TransportError
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Code, Refusal

FINAL = frozenset({Code.unknown_group, Code.not_a_member, Code.not_authorized})
"""Refusals after which there is nothing to come back to."""

LATER = Practice(
    "CLIENT-COMPARES-LATER",
    Kind.backed_off,
    "A client that can't compare a group with its hub waits longer before each further attempt.",
)

LEAVES = Practice(
    "CLIENT-LEAVES-BEHIND", Kind.gave_up, "A client gives a group up to which there is no way back that it could trust."
)


class Recovery:
    """Which of a client's groups may have gone on without it, and the way back into them.

    What comes of it is added to `events`.
    """

    def __init__(self, state: ClientState, events: list[Event], sender: RequestSender) -> None:
        self._state = state
        self._events = events
        self._sender = sender
        self._doubtful: dict[str, None] = {}
        self._backoff = Backoff()

    @property
    def doubtful(self) -> tuple[str, ...]:
        """The groups whose hub seems to be somewhere else than this client is. Of one that the client is not in any
        more, by a removal or because it lost its state, nothing is doubtful.
        """
        return tuple(uri for uri in self._doubtful if uri in self._state.groups)

    def diagnose(self, uri: str, group: Group, message: MLSMessage, error: MLSError) -> Event:
        """The event for a message that was refused with `error`; the group may be doubtful after it."""
        event = diagnose(uri, message, error, self._state.history, self._state.now())
        if isinstance(event, Equivocated) or doubtful(message, error, group.epoch):
            self._doubtful[uri] = None
        return event

    async def recover_where_possible(self) -> None:
        """`recover` in every doubtful group; where its hub can't be asked, again later."""
        for uri in self.doubtful:
            if self._backoff.is_due(uri, self._state.now()):
                self._backoff.failed(uri, self._state.now())  # until it has succeeded: also if we are cancelled here
                reason = "the group's hub refuses to say for now where the group is"
                try:
                    await self.recover(uri)
                except (BadAnswer, TransportError) as error:
                    reason = str(error)
                if uri not in self.doubtful:
                    self._backoff.forget(uri)
                else:
                    again = {"again": f"in {self._backoff.pause(uri)} s"}
                    self._state.decided(Decision(LATER, reason, group=uri, details=again))

    async def recover(self, uri: str) -> None:
        """Ask the hub where the group is, and rejoin it by external commit if that is not where we are.

        A group that we are not in any more, or whose hub has gone back in time, is given up. Where the hub refuses
        for now, the group stays doubtful. Raises NotAMember, BadAnswer or TransportError.
        """
        try:
            await self._sender.catch_up(uri)
            await self._compare(uri)
        except Refusal as refusal:
            if refusal.code not in FINAL:
                return
            self._give_up(uri, str(refusal))
        except (MLSError, DecodeError) as error:
            self._give_up(uri, f"what the hub says of the group does not hold: {error}")
        self._doubtful.pop(uri, None)

    async def _compare(self, uri: str) -> None:
        ours = self._state.group(uri).public
        snapshot = await fetch_snapshot(self._state, uri)
        theirs = snapshot.public
        if theirs.context == ours.context:
            return
        if theirs.epoch < ours.epoch:
            self._give_up(uri, f"its hub has gone back to epoch {theirs.epoch}")
        elif theirs.find(self._state.identity.name) is None:
            self._give_up(uri, "we were removed without being told")
        else:
            await self._rejoin(uri, snapshot)
            if theirs.epoch == ours.epoch:
                evidence = f"the GroupInfo that the hub has for epoch {ours.epoch} contradicts ours"
                event = equivocated(uri, ours.epoch - 1, evidence)
                if event is not None:
                    self._events.append(event)
            self._events.append(Recovered(uri, self._state.group(uri).epoch))

    async def _rejoin(self, uri: str, snapshot: Snapshot) -> None:
        await self._sender.submit(await join_from(self._state, uri, snapshot))

    def _give_up(self, uri: str, reason: str) -> None:
        self._state.decided(Decision(LEAVES, reason, group=uri))
        self._events.append(Stopped(uri, self._state.group(uri).epoch, reason))
        del self._state.groups[uri]
