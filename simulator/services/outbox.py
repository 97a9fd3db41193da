"""From effects to deliveries: written down with the change they come from, tried until they succeed or expire."""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.services.commands import Deliver, Kind
from simulator.services.delivery.removals import propose_removals
from simulator.services.effects import Effect, FanOut
from simulator.services.queueing import enqueue
from simulator.services.refusal import Code, Refusal
from simulator.services.results import Queued
from simulator.services.site import Site
from simulator.storage import OutboxEntry

POINTLESS = frozenset({Code.malformed, Code.unsupported_version, Code.unsupported_operation, Code.not_authorized})
"""Refusals that the same request gets every time."""


@dataclass(frozen=True, slots=True)
class Due:
    """What a provider has to get next, not before `not_before`."""

    provider: str
    delivery: Deliver
    not_before: int
    entry: OutboxEntry


def keep(effects: Sequence[Effect], site: Site) -> None:
    """Write effects down, in the transaction that caused them: our own clients have theirs then, the rest waits."""
    for effect in effects:
        delivery = effect.delivery
        if isinstance(effect, FanOut):
            site.store.outbox.append(
                effect.provider,
                delivery.kind is Kind.connection_request,
                delivery.group_id,
                delivery.recipients,
                delivery.message,
                site.now,
            )
        else:
            enqueue(delivery, site.provider, site)


def due(provider: str, site: Site) -> Due | None:
    """What to send to this provider next; None if it has everything. Only ever one at a time: order matters."""
    entry = site.store.outbox.first(provider)
    if entry is None:
        return None
    kind = Kind.connection_request if entry.connection_request else Kind.message
    delivery = Deliver(kind, entry.group_id, entry.recipients, entry.message)
    return Due(provider, delivery, entry.not_before, entry)


def settle(sent: Due, outcome: Queued | Refusal | None, site: Site) -> None:
    """What came of an attempt: the peer's answer, its refusal, or None if it could not be reached.

    Delivered: the next one is due, and recipients that do not exist are proposed for removal. Otherwise it is tried
    again later, unless that is pointless or the message is too old by then.
    """
    entry = sent.entry
    if isinstance(outcome, Queued):
        site.store.outbox.remove(entry.id)
        keep(propose_removals(entry.group_id, outcome.unknown_clients, site), site)
        return
    again = site.now + _pause(entry, outcome, site)
    if again > entry.created + site.policy.delivery_expiry or (outcome and outcome.code in POINTLESS):
        site.store.outbox.remove(entry.id)
    else:
        site.store.outbox.postpone(entry.id, again)


def _pause(entry: OutboxEntry, outcome: Refusal | None, site: Site) -> int:
    backoff = min(site.policy.first_retry << min(entry.attempts, 32), site.policy.longest_retry)
    return max(backoff, outcome.retry_after or 0) if outcome else backoff
