"""How long messages take, in simulated time."""

from collections.abc import Iterable

from simulator.scenario.names import ClientRef, MessageRef
from simulator.scenario.quantities import SimulatedSpan, in_words
from simulator.scenario.running.context import Context, Sent, listed
from simulator.scenario.step import Expectation, Unmet
from simulator.trace import ProtocolEvent, StepBegan

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
        wanted = [context.session.client_uri(name) for name in self.by]
        last = began
        for sent in (context.result(name, Sent) for name in self.messages):
            for sender, data in sent.messages:
                read = {each.actor: each.simulated or 0 for each in _of(readings, sent.group, sender, data)}
                lacking = [uri for uri in wanted if uri != sender and uri not in read]
                if lacking or not read:
                    words = listed([(sent.group, sender, data)])
                    who = ", ".join(context.session.client(uri).name for uri in lacking) or "nobody"
                    has = f"{who} {'lacks' if lacking else 'has'} {words}"
                    raise Unmet("everybody to have the messages", has)
                last = max((last, *(read[uri] for uri in (wanted or read) if uri in read)))
        return round((last - began) * 1e9)


def _of(readings: Iterable[ProtocolEvent], group: str, sender: str, data: bytes) -> list[ProtocolEvent]:
    """The first readings of a message by each client."""
    text, hexadecimal = data.decode(errors="replace"), data.hex()
    return [
        each
        for each in readings
        if (each.group, each.peer) == (group, sender)
        and (each.details.get("text", "") == text or each.details.get("data") == hexadecimal)
    ][::-1]
