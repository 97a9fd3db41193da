"""What a provider has to tell about its work that does not show on the wire, in the words of a trace."""

import time
from collections.abc import Callable
from operator import attrgetter
from typing import Any

from simulator.net.failpoint import Failpoint
from simulator.rules import Breach
from simulator.services.decisions import Decision, Practice
from simulator.services.delivery.outbox import Due
from simulator.services.names import show_group
from simulator.services.refusal import Refusal
from simulator.trace import ProtocolEvent, Recorder


class ProtocolEventLog:
    """One provider's; without a recorder nobody reads it. `follows` says which requirement (ID) a practice follows."""

    def __init__(
        self, provider: str, recorder: Recorder | None = None, follows: Callable[[Practice], str] = attrgetter("id")
    ) -> None:
        self._provider = provider
        self._recorder = recorder
        self._follows = follows

    def changed_state(self, kind: str, at: Failpoint | None = None, operation: str | None = None) -> None:
        """It `Started`, `Stopped` or `Crashed`; where it was let crash at a point of its work, there, with this."""
        if at is None:
            self._note(kind)
        else:
            self._note(kind, operation=operation, reason=at.meaning, details={"point": at.value})

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

    def delivered(self, due: Due) -> None:
        """Another provider has a message of its outbox."""
        group = show_group(due.delivery.group_id)
        self._note("Delivered", operation=due.delivery.operation, group=group, peer=due.provider)

    def decided(self, decision: Decision) -> None:
        """It has decided something by itself."""
        self._note(**facts(decision, self._follows(decision.practice)))

    def _note(self, kind: str, **about: Any) -> None:
        if self._recorder is not None:
            event = ProtocolEvent(
                started=time.time(),
                role="provider",
                actor=self._provider,
                name=self._provider,
                kind=kind,
                **about,
            )
            self._recorder.add(event)


def facts(decision: Decision, requirement: str) -> dict[str, Any]:
    """What an event says of a decision that follows a requirement (ID), by field."""
    return {
        "kind": decision.practice.kind.value,
        "operation": decision.operation,
        "group": decision.group,
        "peer": decision.peer,
        "reason": decision.reason,
        "requirement": requirement,
        "details": decision.details,
    }
