"""How a client's requests go out: once, or again in the same bytes where no answer came, in order for each group."""

from simulator.clients.backoff import Backoff
from simulator.clients.client_state import ClientState
from simulator.clients.events.events import Accepted, Event, Refused
from simulator.clients.operations import Prepared
from simulator.drafts.requests.endpoint import BadAnswer
from simulator.net import TLSRefused, TransportError, Unreachable
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.refusal import Code, Refusal

NOT_YET = frozenset({Code.rate_limited, Code.internal})
"""Refusals that say nothing of the request itself, but that the provider can't look at it now."""

AGAIN = Practice(
    "CLIENT-ASKS-AGAIN", Kind.retried, "A client that got no answer makes the same request again before it goes on."
)
LATER = Practice(
    "CLIENT-ASKS-LATER", Kind.backed_off, "A client that gets no answer again waits longer before each further attempt."
)


class RequestSender:
    """Requests of one client that are under way or have no answer; what becomes of the latter is added to `events`.

    Only the provider knows what became of a request without an answer. Asked again, it answers as it did before, or
    carries the request out now.
    """

    def __init__(self, state: ClientState, events: list[Event]) -> None:
        self._state = state
        self._events = events
        self._asking: list[Prepared] = []
        self._unanswered: list[Prepared] = []
        self._backoff = Backoff()

    @property
    def unanswered(self) -> tuple[Prepared, ...]:
        """What got no answer so far, oldest first."""
        return tuple(self._unanswered)

    def is_in_doubt(self, group: str) -> bool:
        """Whether the epoch the group is in may be past, by a request of ours that has no answer yet."""
        return any(p.group == group and p.next is not None for p in (*self._asking, *self._unanswered))

    def resume(self) -> None:
        """What was under way will get no answer any more."""
        self._unanswered += self._asking
        self._asking.clear()

    async def submit(self, prepared: Prepared) -> None:
        """Ask for the first time. Raises Refusal, BadAnswer or TransportError."""
        self._asking.append(prepared)
        lost = True  # unless we know better: also if we are cancelled here, the request may be on its way
        try:
            await self._ask(prepared)
            lost = False
        except Refusal as refusal:
            lost = refusal.code is Code.internal
            raise
        except (Unreachable, TLSRefused):
            lost = False
            raise
        finally:
            self._asking.remove(prepared)
            if lost:
                self._unanswered.append(prepared)

    async def catch_up(self, group: str) -> None:
        """Ask again for what has no answer in this group. Raises BadAnswer, TransportError, or a Refusal in NOT_YET."""
        while (prepared := next((p for p in self._unanswered if p.group == group), None)) is not None:
            await self._ask_again(prepared)

    async def catch_up_where_possible(self) -> None:
        """Ask again in every group; where there is no answer now either, things stay as they are, and it is tried again
        later.
        """
        for group in dict.fromkeys(prepared.group for prepared in self._unanswered):
            if self._backoff.is_due(group, self._state.now()):
                self._backoff.failed(group, self._state.now())  # until it has succeeded: also if we are cancelled here
                try:
                    await self.catch_up(group)
                except (TransportError, BadAnswer, Refusal) as error:
                    again = {"again": f"in {self._backoff.pause(group)} s"}
                    self._state.decided(Decision(LATER, str(error), group=group, details=again))
                else:
                    self._backoff.forget(group)

    async def _ask_again(self, prepared: Prepared) -> None:
        operation = prepared.outgoing.operation
        words = "nobody knows what became of this request"
        self._state.decided(Decision(AGAIN, words, operation, prepared.group, prepared.outgoing.recipient))
        place = self._unanswered.index(prepared)
        self._asking.append(self._unanswered.pop(place))
        event: Event | None = None
        try:
            await self._ask(prepared)
            event = Accepted(prepared.group, operation)
        except Refusal as refusal:
            if refusal.code in NOT_YET:
                raise
            event = Refused(prepared.group, operation, str(refusal))
        finally:
            self._asking.remove(prepared)
            if event is None:
                self._unanswered.insert(place, prepared)
        self._events.append(event)

    async def _ask(self, prepared: Prepared) -> None:
        await self._state.home.submit(prepared.outgoing)
        if prepared.next is not None:
            self._state.adopt(prepared.group, prepared.next)
        if prepared.event is not None:
            self._events.append(prepared.event)
