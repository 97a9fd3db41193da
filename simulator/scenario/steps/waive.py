"""Rules that somebody does not keep."""

from typing import ClassVar

from simulator.scenario.names import ProviderRef
from simulator.scenario.rule_names import Waived
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class Waive(Step, frozen=True, tag="waive"):
    """From now on this provider and its clients do not keep these rules: what breaks one is let through, and the trace
    says what would have been refused.
    """

    shorthand: ClassVar[str] = "rules"

    rules: tuple[Waived, ...]
    """IDs of requirements, or of single checks of one."""
    by: ProviderRef | None = None
    """All that we run if not said."""

    async def run(self, context: Context) -> None:
        """Switch them off."""
        providers = None if self.by is None else [context.session.provider(self.by)]
        context.session.waive(self.rules, providers)
