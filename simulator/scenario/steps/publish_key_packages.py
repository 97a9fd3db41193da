"""A client fills its stock."""

from typing import Annotated, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.scenario.names import ClientRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class PublishKeyPackages(Step, frozen=True, tag="publish_key_packages"):
    """Upload fresh KeyPackages to the client's own provider, by its local interface."""

    spreads: ClassVar[bool] = True

    by: ClientRef
    count: Annotated[int, msgspec.Meta(ge=0, le=10_000)] = 0
    last_resort: bool = False
    """One more, which is handed out again and again when no other is left."""
    connection: bool = False
    """For connections instead of groups."""

    def needed(self) -> tuple[DraftFeature, ...]:
        """The sorts that are meant."""
        said = {DraftFeature.last_resort: self.last_resort, DraftFeature.key_packages_for_connections: self.connection}
        return tuple(feature for feature, is_meant in said.items() if is_meant)

    async def run(self, context: Context) -> None:
        """Make them and upload them."""
        client = context.session.client(self.by)
        kind = context.session.key_package_kind(connection=self.connection)
        client.publish(self.count, kind, last_resort=self.last_resort)
