"""How a provider behaves: as its services decide, but for the interceptors that attacks put in."""

from collections.abc import Sequence

from simulator.net import HTTPReply, HTTPRequest
from simulator.services.delivery.effects import Effect
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage


class Interceptor:
    """One way to deviate; attacks are in `adversary/`. Each method gets what would be done, and says what is."""

    def effects(self, effects: Sequence[Effect], context: ServiceContext) -> Sequence[Effect]:
        """What is done once a request for one of its groups was accepted."""
        return effects

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """What another provider gets for an answer."""
        return reply

    def queued_messages(self, client: str, queued_messages: Sequence[QueuedMessage]) -> Sequence[QueuedMessage]:
        """What one of its own clients gets from its queue."""
        return queued_messages


class Interceptors:
    """One provider's interceptors in force, in the order in which they were added; without any it is honest."""

    def __init__(self) -> None:
        self._interceptors: dict[Interceptor, None] = {}

    @property
    def are_none(self) -> bool:
        """Whether it is honest."""
        return not self._interceptors

    def begin(self, interceptor: Interceptor) -> None:
        """Misbehave so from now on."""
        self._interceptors[interceptor] = None

    def end(self, interceptor: Interceptor | None = None) -> None:
        """Stop doing so; without an argument, be honest again."""
        if interceptor is None:
            self._interceptors.clear()
        else:
            self._interceptors.pop(interceptor, None)

    def effects(self, effects: Sequence[Effect], context: ServiceContext) -> Sequence[Effect]:
        """What is really done."""
        for each in self._interceptors:
            effects = each.effects(effects, context)
        return effects

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """What is really answered."""
        for each in self._interceptors:
            reply = each.reply(request, reply)
        return reply

    def queued_messages(self, client: str, queued_messages: Sequence[QueuedMessage]) -> tuple[QueuedMessage, ...]:
        """What is really handed over."""
        for each in self._interceptors:
            queued_messages = each.queued_messages(client, queued_messages)
        return tuple(queued_messages)
