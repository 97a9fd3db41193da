"""What a provider has to tell about its work that does not show on the wire, in the words of a trace."""

import time

from simulator.rules import Breach
from simulator.services.delivery.outbox import Due
from simulator.services.names import show_group
from simulator.services.refusal import Refusal
from simulator.trace import ProtocolEvent, Recorder


class ProtocolEventLog:
    """One provider's; without a recorder nobody reads it."""

    def __init__(self, provider: str, recorder: Recorder | None = None) -> None:
        self._provider = provider
        self._recorder = recorder

    def changed_state(self, kind: str) -> None:
        """It `Started`, `Stopped` or `Crashed`."""
        self._note(kind)

    def refused(self, refusal: Refusal, asker: str | None) -> None:
        """It has turned down what `asker`, as far as that is known, wanted."""
        self._note(
            "Refused",
            operation=refusal.operation,
            group=refusal.group,
            rule=str(refusal.code),
            reason=refusal.rule,
            peer=asker,
            rules=refusal.rules,
        )

    def breached(self, breach: Breach) -> None:
        """It has noticed something that breaks a rule; where it does not keep that rule, it has gone on."""
        if self._recorder is None:
            return
        self._recorder.breached(breach)
        if breach.waived:
            self._note("Waived", reason=breach.words, rules=breach.rules)

    def delivery(self, kind: str, due: Due, reason: str | None = None) -> None:
        """A message in its outbox was `Delivered`, `Postponed`, or is `Undelivered` for good, and why."""
        self._note(
            kind,
            operation=due.delivery.operation,
            group=show_group(due.delivery.group_id),
            peer=due.provider,
            reason=reason,
        )

    def _note(self, kind: str, **about: str | tuple[str, ...] | None) -> None:
        if self._recorder is not None:
            event = ProtocolEvent(
                started=time.time(),
                role="provider",
                actor=self._provider,
                name=self._provider,
                kind=kind,
                **about,  # type: ignore[arg-type]  # each as the event has it
            )
            self._recorder.add(event)
