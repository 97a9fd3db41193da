"""A provider that names a wrong DS host."""

from typing import Annotated

import msgspec

from simulator.drafts.endpoint import Place
from simulator.net import HTTPReply
from simulator.provider.adversary import Answering
from simulator.scenario.names import ProviderRef
from simulator.scenario.running.context import Context
from simulator.scenario.step import Step


class LieInDiscovery(Step, frozen=True, tag="lie_in_discovery"):
    """From now on a provider answers discovery with this DS host: another provider's, its victim's own, or nonsense.

    Who has asked before remembers the true answer as long as that said. Other lies are `answer`s at `ds_domain`.
    """

    by: ProviderRef
    ds_host: str
    """Whatever it is to say."""
    max_age: Annotated[int, msgspec.Meta(ge=0)] = 3600
    """For how many seconds that is to be believed."""

    async def run(self, context: Context) -> None:
        """Nothing is sent yet."""
        discovery = next(row for row in context.session.draft.endpoints if row.place is Place.own_domain)
        headers = (("content-type", discovery.media_type), ("cache-control", f"max-age={self.max_age}"))
        reply = HTTPReply(200, headers, self.ds_host.encode())
        context.session.provider(self.by).executor.interceptors.begin(Answering(discovery.template, lambda _: reply))
