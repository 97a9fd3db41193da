"""A provider that says it is served where it is not."""

from typing import Annotated, ClassVar

import msgspec

from simulator.drafts.features import DraftFeature
from simulator.provider.adversary import Answering
from simulator.provider.incoming.http_binding import in_http
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Conduct, Step


class LieInDiscovery(Step, frozen=True, tag="lie_in_discovery"):
    """From now on a provider answers discovery with this service host: another's, its victim's own, or nonsense.

    Who has asked before remembers the true answer as long as that said. Other lies are `answer`s.
    """

    conduct: ClassVar[Conduct] = Conduct.hostile
    needs: ClassVar[tuple[DraftFeature, ...]] = (DraftFeature.service_hosts,)

    by: ProviderRef
    ds_host: str
    """Whatever it is to say."""
    max_age: Annotated[int, msgspec.Meta(ge=0)] = 3600
    """For how many seconds that is to be believed."""

    async def run(self, context: Context) -> None:
        """Nothing is sent yet."""
        discovery = context.session.draft.discovery
        lie = in_http(discovery.leading_to(self.ds_host, self.max_age))
        context.session.provider(self.by).executor.interceptors.begin(
            Answering(discovery.endpoint.template, lambda _: lie)
        )
