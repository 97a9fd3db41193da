"""From effects to deliveries: written down with the change they come from, tried until they succeed or expire."""

from collections.abc import Sequence

from simulator.dataclass import dataclass
from simulator.services.decisions import Decision, Kind, Practice
from simulator.services.delivery.deliveries import Delivery
from simulator.services.delivery.effects import Effect, FanOut
from simulator.services.delivery.queueing import enqueue
from simulator.services.names import show_group
from simulator.services.refusal import Refusal
from simulator.services.results import DeliveryResult
from simulator.services.service_context import ServiceContext
from simulator.storage import OutboxEntry, UndeliveredReport

KEPT = Practice(
    "OUTBOX-KEPT", Kind.postponed, "What can't be delivered is kept and tried again, each time after a longer pause."
)
RETRY_AFTER = Practice(
    "OUTBOX-RETRY-AFTER", Kind.postponed, "A peer that asks for time before the next attempt has it."
)
AGAIN = Practice("OUTBOX-AGAIN", Kind.retried, "What was not delivered is tried again once its pause is over.")
EXPIRY = Practice("OUTBOX-EXPIRY", Kind.undelivered, "What can't be delivered for too long is given up.")
POINTLESS = Practice(
    "OUTBOX-POINTLESS", Kind.undelivered, "What is refused several times in a row, and would be each time, is given up."
)
ROOM = Practice("OUTBOX-ROOM", Kind.undelivered, "No more waits for a peer than its provider keeps for it.")


@dataclass(frozen=True, slots=True)
class Due:
    """What a provider has to get next, not before `not_before`, in elapsed seconds."""

    provider: str
    delivery: Delivery
    not_before: int
    entry: OutboxEntry


@dataclass(frozen=True, slots=True)
class Failed:
    """No answer, or none that can be read: the peer may have the message or not."""

    reason: str
    retry_after: int | None = None
    """Seconds, if at least that was to be read."""
    timed_out: bool = False
    """Whether it took too long."""


def keep(effects: Sequence[Effect], context: ServiceContext) -> None:
    """Write effects down, in the transaction that caused them: our own clients have theirs then, the rest waits.

    A provider for which too much waits already does not get more: what it has been promised keeps its place, and its
    backlog is a beginning without gaps. That it misses the rest is reported, and nobody else notices.

    Clients of ours that do not exist are proposed for removal as another provider's are; last, so that whoever is
    invited by one of these effects has its Welcome before the proposals.
    """
    unknown: dict[bytes, list[str]] = {}
    for effect in effects:
        delivery = effect.delivery
        if isinstance(effect, FanOut):
            _append(effect.provider, delivery, context)
        else:
            unknown.setdefault(delivery.group_id, []).extend(enqueue(delivery, context.provider, context).unknown)
    for group_id, clients in unknown.items():
        if clients:
            keep(context.rules.clients_gone(group_id, clients, context), context)


def due(provider: str, context: ServiceContext) -> Due | None:
    """What to send to this provider next; None if it has everything. Only ever one at a time: order matters."""
    entry = context.store.outbox.first(provider)
    if entry is None:
        return None
    delivery = Delivery(entry.operation, entry.group_id, entry.recipients, entry.payload)
    return Due(provider, delivery, entry.not_before, entry)


def settle(sent: Due, outcome: DeliveryResult | Refusal | Failed, context: ServiceContext) -> None:
    """What came of an attempt: the peer's answer, its refusal, or neither.

    Delivered: the next one is due, and recipients that do not exist are proposed for removal; what the peer says of
    others is none of its business. Otherwise it is tried again later, unless that is pointless or the message has
    waited too long by then; that is reported. Both are counted, not read off the clock: none that jumps changes them.
    """
    entry = sent.entry
    if isinstance(outcome, DeliveryResult):
        context.store.outbox.remove(entry.id)
        unknown = set(outcome.unknown)
        if unknown and (unknown := unknown.intersection(sent.delivery.recipients)):
            keep(context.rules.clients_gone(entry.group_id, unknown, context), context)
        return
    pause = _pause(entry, outcome, context)
    again = context.elapsed + pause
    for_good = isinstance(outcome, Refusal) and outcome.code.final
    pointless = for_good and entry.refusals + 1 >= context.policy.pointless_attempts
    if not pointless and again <= entry.since + context.policy.delivery_expiry:
        context.store.outbox.postpone(entry.id, again, refused=for_good)
        practice = RETRY_AFTER if pause == outcome.retry_after else KEPT
        _decide(practice, sent.provider, sent.delivery, _words(outcome), context, again=(entry.attempts + 2, pause))
        return
    context.store.outbox.remove(entry.id)
    _decide(POINTLESS if pointless else EXPIRY, sent.provider, sent.delivery, _words(outcome), context)
    reason = str(outcome) if isinstance(outcome, Refusal) else outcome.reason
    _report(sent.provider, sent.delivery, entry.created, entry.attempts + 1, reason, context)


def retried(due: Due) -> Decision:
    """That what failed before is tried again now."""
    reason = f"it was in vain {due.entry.attempts} times" if due.entry.attempts > 1 else "it was in vain once"
    return Decision(AGAIN, reason, due.delivery.operation, show_group(due.delivery.group_id), due.provider)


def _append(provider: str, delivery: Delivery, context: ServiceContext) -> None:
    outbox, policy = context.store.outbox, context.policy
    messages, size = outbox.backlog(provider)
    if messages >= policy.outbox_messages or size + len(delivery.payload) > policy.outbox_bytes:
        reason = f"{messages} messages of {size} bytes wait for {provider} already"
        _decide(ROOM, provider, delivery, reason, context)
        _report(provider, delivery, context.now, 0, reason, context)
        return
    outbox.append(
        provider,
        delivery.operation,
        delivery.group_id,
        delivery.recipients,
        delivery.payload,
        now=context.now,
        since=context.elapsed,
    )


def _pause(entry: OutboxEntry, outcome: Refusal | Failed, context: ServiceContext) -> int:
    """Twice the last pause, less up to half of it at random. A peer that asks for more time gets it, up to the longest
    pause that we make ourselves: one wrong answer must not end a message that the peer might have a second later.
    """
    backoff = min(context.policy.first_retry << min(entry.attempts, 32), context.policy.longest_retry)
    jitter = int.from_bytes(context.rand(f"retry_jitter {entry.provider}", 8), "big") % (backoff // 2 + 1)
    return min(max(backoff - jitter, outcome.retry_after or 0), context.policy.longest_retry)


def _words(outcome: Refusal | Failed) -> str:
    """Why an attempt was in vain."""
    return outcome.rule if isinstance(outcome, Refusal) else outcome.reason


def _decide(
    practice: Practice,
    provider: str,
    delivery: Delivery,
    reason: str,
    context: ServiceContext,
    *,
    again: tuple[int, int] | None = None,
) -> None:
    """`again` is the number of the next attempt, and in how many seconds it may be made."""
    details = {} if again is None else {"again": f"attempt {again[0]} in {again[1]} s"}
    group = show_group(delivery.group_id)
    context.decided(Decision(practice, reason, delivery.operation, group, provider, details))


def _report(
    provider: str, delivery: Delivery, created: int, attempts: int, reason: str, context: ServiceContext
) -> None:
    report = UndeliveredReport(
        provider, delivery.operation, delivery.group_id, delivery.recipients, created, attempts, context.now, reason
    )
    context.store.undelivered.add(report, context.policy.reports)
