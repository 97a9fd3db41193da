"""A report of what somebody said."""

from typing import ClassVar

from simulator.clients import operations
from simulator.drafts.features import DraftFeature
from simulator.errors import SimulatorError
from simulator.scenario.names import UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.steps.group_step import OperationStep
from simulator.services.names import parse_client


class Report(OperationStep, frozen=True, kw_only=True, tag="report"):
    """A member tells the group's hub what somebody said to it, with what proves that: what it has got with a text.

    `report: {by: carol, group: club, of: bob, text: "Buy my coins!"}`
    """

    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.reports,)
    clients_suffice: ClassVar[bool] = True

    of: UserRef
    """Who is held to have said it."""
    text: str = "hello"
    """What the messages said that are reported: all that the member has got like that, and that can be proven."""
    note: str = ""
    """For people at the hub."""

    def operation(self, context: Context) -> operations.Report:
        """The report. Raises SimulatorError where the member has nothing that can be proven."""
        group, inbox = context.group(self.group), context.session.client(self.by).inbox
        alike = [each for each in inbox if each.group == group and each.data == self.text.encode()]
        evidence = tuple(each.evidence for each in alike if each.evidence)
        if not evidence:
            senders = ", ".join(parse_client(each.sender).user for each in alike) or "nobody"
            raise SimulatorError(
                f"{self.by} can prove to nobody that {self.of} said {self.text!r} (it came from {senders})"
            )
        return operations.Report(group, context.user_uri(self.of), evidence, self.note)
