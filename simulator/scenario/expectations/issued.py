"""What an issuer has issued."""

from typing import Annotated, Any

import msgspec

from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Issued(Expectation, frozen=True, kw_only=True, tag="issued"):
    """So many tokens of Privacy Pass has an issuer issued in the present window of its budget, repetitions not counted:
    to all, or to one provider.
    """

    by: ProviderRef
    to: ProviderRef | None = None
    count: Annotated[int, msgspec.Meta(ge=0)]

    def check(self, context: Context, before: Any) -> None:
        """Look into the issuer's store. Raises Unsupported for an external one."""
        issuer = context.session.provider(self.by)
        budget = issuer.settings.tokens and issuer.settings.tokens.issues
        number = issuer.clock.now() // budget.period if budget else None
        askers = [peer.name for peer in context.session.peers if self.to in (None, peer.name)]
        rows = [issuer.executor.store.issued_tokens.counts(asker) for asker in askers]
        found = sum(count for each in rows for (window, _), count in each.items() if window == number)
        if found != self.count:
            to = f" to {self.to}" if self.to else ""
            raise Unmet(f"{self.count} tokens issued by {self.by}{to}", f"there were {found}")
