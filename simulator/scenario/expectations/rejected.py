"""What clients must not accept."""

from typing import Annotated, Any, ClassVar

from simulator.clients.events.rejections import rules
from simulator.scenario.names import ClientRef, OneOf
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet

Rule = Annotated[str, OneOf("rule", lambda: dict.fromkeys(rules(), ""), keyword="rejected")]
"""By which a client rejects a message."""


class RejectedBy(Expectation, frozen=True, tag="rejected"):
    """Exactly these clients refused to process a message that this step brought them, by this rule. Where no step says
    so, no client may reject anything: the runner sees to that.
    """

    spreads: ClassVar[bool] = True
    needs_step: ClassVar[bool] = True

    by: tuple[ClientRef, ...]
    rule: Rule
    """The rule's short name, such as `not_a_member`."""

    def check(self, context: Context, before: Any) -> None:
        """Compare with the clients' event logs."""
        expected = sorted(context.session.client(name).name for name in self.by)
        found = sorted({client.name for client, event in context.rejections if event.rule == self.rule})
        if found != expected:
            raise Unmet(
                f"{', '.join(expected) or 'nobody'} to reject something ({self.rule})",
                f"it was {', '.join(found) or 'nobody'}",
            )
