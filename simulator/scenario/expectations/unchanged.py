"""Whether a provider's state stayed as it was."""

from typing import Any, ClassVar

from simulator.scenario.context import Context
from simulator.scenario.names import ProviderRef
from simulator.scenario.step import Expectation, Unmet


class Unchanged(Expectation, frozen=True, tag="unchanged"):
    """The step changed nothing in these providers' stores: no queue, no group, no KeyPackage."""

    shorthand: ClassVar[str] = "providers"
    needs_step: ClassVar[bool] = True

    providers: tuple[ProviderRef, ...]

    def before(self, context: Context) -> tuple[str, ...]:
        """The stores' fingerprints."""
        return tuple(context.session.provider(name).fingerprint() for name in self.providers)

    def check(self, context: Context, before: Any) -> None:
        """Compare the fingerprints."""
        for name, old in zip(self.providers, before, strict=True):
            if context.session.provider(name).fingerprint() != old:
                raise Unmet(f"nothing to change at {name}", "its store is not what it was before")
