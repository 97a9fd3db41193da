"""What is in a wallet."""

from typing import Annotated, Any

import msgspec

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Tokens(Expectation, frozen=True, kw_only=True, tag="tokens"):
    """So many tokens of Privacy Pass has a provider left that it can present at another one."""

    of: ProviderRef
    for_: ProviderRef = msgspec.field(name="for")
    left: Annotated[int, msgspec.Meta(ge=0)]

    def check(self, context: Context, before: Any) -> None:
        """Look into the wallet. Raises Unsupported for an external provider's."""
        asker = context.session.provider(self.of)
        host = context.session.peer(self.for_).service_host
        now = asker.clock.elapsed()
        found = sum(now < each.until for each in asker.executor.store.wallet.of(host))
        if found != self.left:
            raise Unmet(f"{self.left} tokens of {self.of} left for {self.for_}", f"there are {found}")
