"""A message to a group that takes none."""

from simulator.clients import adversary
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep


class OddMessage(OperationStep, frozen=True, kw_only=True, tag="odd_message"):
    """A member sends a message though a ReInit has ended the group (RFC 9420 11.2), or a proposal waits for a commit
    (RFC 9420 12.4). An honest client would not even encrypt it.
    """

    text: str = "hello"

    def operation(self, context: Context) -> adversary.OddMessage:
        """As `send`, whatever state the group is in."""
        return adversary.OddMessage(context.group(self.group), self.text.encode())
