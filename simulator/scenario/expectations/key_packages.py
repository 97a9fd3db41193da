"""How many KeyPackages are left."""

from typing import Annotated, Any, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Expectation, Unmet


class KeyPackagesLeft(Expectation, frozen=True, tag="key_packages"):
    """So many KeyPackages of a client are left at its provider, those of last resort not counted."""

    spreads: ClassVar[bool] = True

    of: ClientRef
    remaining: Annotated[int, msgspec.Meta(ge=0)]
    connection: bool = False
    """Count connection KeyPackages instead of those for groups."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """Two sorts, where those for connections are meant."""
        return (DraftFeature.key_packages_for_connections,) if self.connection else ()

    def check(self, context: Context, before: Any) -> None:
        """Ask the provider's store."""
        client = context.session.client(self.of)
        kind = context.session.key_package_kind(connection=self.connection)
        left = context.provider_of(client).remaining_key_packages(client.uri, kind)
        if left != self.remaining:
            raise Unmet(f"{self.remaining} KeyPackages of {client.name} left", f"there are {left}")
