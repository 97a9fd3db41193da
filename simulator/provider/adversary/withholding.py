"""A provider keeps messages from those for whom they are."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import takewhile

from simulator.provider.interceptors import Interceptor
from simulator.services.delivery.effects import Effect, FanOut
from simulator.services.names import group_provider, parse_client
from simulator.services.service_context import ServiceContext
from simulator.storage import QueuedMessage


class Withholding(Interceptor):
    """Nothing gets to these clients, nor to any client of these providers; with `times`, not the first so many
    messages that are for any of them.

    In its own groups a provider leaves them out of the fan-out, and nobody will ever send them what they missed; where
    a delivery names no recipients, all clients at their providers go without it. What comes for its own clients in
    other providers' groups it takes and says so, but it stays in the queue, with all that is behind it.
    """

    def __init__(
        self, clients: Collection[str] = (), providers: Collection[str] = (), times: int | None = None
    ) -> None:
        self._clients = frozenset(clients)
        self._providers = frozenset(providers)
        self._all_providers = self._providers | {parse_client(client).provider for client in clients}
        self._left = times

    def effects(self, effects: Sequence[Effect], context: ServiceContext) -> Sequence[Effect]:
        """Less recipients, or none at all."""
        if self._left == 0 or not any(map(self._is_for_them, effects)):
            return effects
        if self._left is not None:
            self._left -= 1
        return [kept for effect in effects for kept in self._without(effect)]

    def queued_messages(self, client: str, queued_messages: Sequence[QueuedMessage]) -> Sequence[QueuedMessage]:
        """What is in front of the first message of another provider's group: a queue has one order."""
        if self._left is not None or not self._concerns(client):
            return queued_messages
        own = parse_client(client).provider
        return list(takewhile(lambda queued: group_provider(queued.group_id) == own, queued_messages))

    def _concerns(self, client: str) -> bool:
        return client in self._clients or parse_client(client).provider in self._providers

    def _is_for_them(self, effect: Effect) -> bool:
        recipients = effect.delivery.recipients
        if isinstance(effect, FanOut) and not recipients:
            return effect.provider in self._all_providers
        return any(map(self._concerns, recipients))

    def _without(self, effect: Effect) -> tuple[Effect, ...]:
        """What is left of an effect: one that names no recipients is kept, or thrown away, as a whole."""
        if not self._is_for_them(effect):
            return (effect,)
        recipients = tuple(client for client in effect.delivery.recipients if not self._concerns(client))
        return (replace(effect, delivery=replace(effect.delivery, recipients=recipients)),) if recipients else ()
