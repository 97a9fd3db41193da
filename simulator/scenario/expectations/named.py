"""Whether a provider has heard of somebody."""

from typing import Any

from simulator.scenario.expectations.not_named import naming
from simulator.scenario.names import ProviderRef, UserRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class Named(Expectation, frozen=True, kw_only=True, tag="named"):
    """Something that a provider has got so far, in requests or answers, holds the URI of a user or of one of its
    clients.
    """

    user: UserRef
    at: ProviderRef

    def check(self, context: Context, before: Any) -> None:
        """Look at all that it was sent."""
        if naming(context, self.user, self.at) is None:
            raise Unmet(f"{self.at} to be told of {self.user}", f"nothing that it has got names {self.user}")
