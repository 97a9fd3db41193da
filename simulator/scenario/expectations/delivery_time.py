"""How long messages take, in simulated time."""

from collections import Counter
from collections.abc import Iterable, Sequence

from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.quantities import SimulatedSpan, in_words
from simulator.scenario.running.context import Context, Sent, listed
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import ProtocolEvent, StepBegan

Message = tuple[str, str, bytes]
"""Its group and its sender (URIs), and its content."""

_MICROSECOND = 1000
"""Nanoseconds."""


class DeliveryTime(Expectation, frozen=True, kw_only=True, tag="delivery_time"):
    """From the beginning of the step that sends the messages until the last client in `by` has read the last of them:
    simulated time, which a `network` takes. As a value of an experiment it is a number of microseconds.
    """

    messages: tuple[MessageRef, ...]
    by: tuple[ClientRef, ...] = ()
    """Who has to have them, but for what it sent itself; if not said, all who got any."""
    at_least: SimulatedSpan | None = None
    at_most: SimulatedSpan | None = None

    @property
    def needs_network(self) -> bool:
        return True

    def check(self, context: Context, before: object) -> None:
        """Compare what it took with the bounds."""
        taken = self._nanoseconds(context)
        if self.at_least is not None and taken < self.at_least.nanoseconds:
            raise Unmet(f"everybody to have the messages after {self.at_least} at least", f"it took {in_words(taken)}")
        if self.at_most is not None and taken > self.at_most.nanoseconds:
            raise Unmet(f"everybody to have the messages after {self.at_most} at most", f"it took {in_words(taken)}")

    def value(self, context: Context) -> int:
        """Microseconds, rounded. Raises Unmet where somebody lacks a message."""
        return round(self._nanoseconds(context) / _MICROSECOND)

    def _nanoseconds(self, context: Context) -> int:
        """Raises Unmet where somebody lacks a message, or nobody has any."""
        events = context.session.recorder.events
        labels = {context.label(name) for name in self.messages}
        began = min(each.simulated or 0 for each in events if isinstance(each, StepBegan) and each.step in labels)
        readings = [each for each in events if isinstance(each, ProtocolEvent) and each.kind == "Received"]
        sent = [context.result(name, Sent) for name in self.messages]
        wanted = Counter((batch.group, *message) for batch in sent for message in batch.messages)
        last = max(self._last(message, count, readings, context) for message, count in wanted.items())
        return round((max(last, began) - began) * 1e9)

    def _last(self, message: Message, count: int, readings: Sequence[ProtocolEvent], context: Context) -> float:
        """When the last had read a message that was sent so many times. Raises Unmet."""
        read = _read(message, count, readings)
        sender = message[1]
        wanted = [uri for uri in map(context.session.client_uri, self.by) if uri != sender]
        lacking = [context.session.client(uri).name for uri in wanted if uri not in read]
        if lacking or not read:
            who = f"{', '.join(lacking)} {'lack' if len(lacking) > 1 else 'lacks'}" if lacking else "nobody has"
            raise Unmet("everybody to have the messages", f"{who} {listed([message])}")
        return max((read[uri] for uri in (wanted if self.by else read)), default=0)


def _read(message: Message, count: int, readings: Iterable[ProtocolEvent]) -> dict[str, float]:
    """When clients (URIs) had read a message so many times, in simulated seconds."""
    group, sender, data = message
    text, hexadecimal = data.decode(errors="replace"), data.hex()
    found: dict[str, list[float]] = {}
    for each in readings:
        says = each.details.get("text", "") == text or each.details.get("data") == hexadecimal
        if says and (each.group, each.peer) == (group, sender):
            found.setdefault(each.actor, []).append(each.simulated or 0)
    return {actor: times[count - 1] for actor, times in found.items() if len(times) >= count}
