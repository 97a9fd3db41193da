"""What clients need not accept."""

from typing import Any, ClassVar

from simulator.scenario.expectations.rejected import Rule
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation


class MayReject(Expectation, frozen=True, tag="may_reject"):
    """Clients may refuse to process messages that this step brings them, by these rules: nobody need do so."""

    spreads: ClassVar[bool] = True
    shorthand: ClassVar[str] = "rules"
    needs_step: ClassVar[bool] = True

    rules: tuple[Rule, ...]
    """Short names, such as `not_a_member`."""

    def check(self, context: Context, before: Any) -> None:
        """Nothing: the runner looks for rejections by other rules."""
