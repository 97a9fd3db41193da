"""What an origin has taken."""

from typing import Annotated, Any

import msgspec

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Redeemed(Expectation, frozen=True, kw_only=True, tag="redeemed"):
    """So many tokens of Privacy Pass have paid for a request at a provider, in the windows that it remembers."""

    at: ProviderRef
    count: Annotated[int, msgspec.Meta(ge=0)]

    def check(self, context: Context, before: Any) -> None:
        """Look into the origin's store. Raises Unsupported for an external one."""
        found = len(context.session.provider(self.at).executor.store.spent_tokens)
        if found != self.count:
            raise Unmet(f"{self.count} tokens redeemed at {self.at}", f"there were {found}")
