"""What a provider has given up."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Undelivered(Expectation, frozen=True, kw_only=True, tag="undelivered"):
    """So many deliveries has a provider given up, and told its operator: of all, or of those for another provider."""

    spreads: ClassVar[bool] = True

    at: ProviderRef
    to: ProviderRef | None = None
    count: Annotated[int, msgspec.Meta(ge=0)]
    reason: str = ""
    """Words that the reason has in it."""

    def check(self, context: Context, before: Any) -> None:
        """Look into the provider's reports."""
        reports = [
            report
            for report in context.session.provider(self.at).undelivered
            if self.to in (None, report.provider) and self.reason in report.reason
        ]
        if len(reports) != self.count:
            to = f" to {self.to}" if self.to else ""
            raise Unmet(f"{self.count} deliveries{to} given up by {self.at}", f"there are {len(reports)}")
