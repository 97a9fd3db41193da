"""What a hub's operator knows of somebody."""

from typing import Any

from simulator.printable import printable
from simulator.scenario.names import ProviderRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Reported(Expectation, frozen=True, kw_only=True, tag="reported"):
    """What a user is held to have said, by the reports that the operator of a hub has: these texts, in the order in
    which they were reported. `[]` for nothing.

    `reported: {at: a.example, of: bob, texts: ["Buy my coins!"], by: carol, note: Spam}`
    """

    at: ProviderRef
    of: UserRef
    texts: tuple[str, ...]
    by: UserRef | None = None
    """Only in reports of this user."""
    note: str | None = None
    """Only in reports with just this note."""

    def check(self, context: Context, before: Any) -> None:
        """Look into the hub's store. Raises Unsupported for an external one."""
        abuser, reporter = context.user_uri(self.of), None if self.by is None else context.user_uri(self.by)
        found = [
            said.decode(errors="replace")
            for report in context.session.provider(self.at).executor.store.abuse_reports.all()
            if report.abuser == abuser and reporter in (None, report.reporter) and self.note in (None, report.note)
            for _, said in report.messages
        ]
        if found != list(self.texts):
            raise Unmet(f"{self.at} to have reports of {self.of}: {_listed(self.texts)}", f"it has {_listed(found)}")


def _listed(texts: Any) -> str:
    return ", ".join(f'"{printable(text)}"' for text in texts) or "none"
