"""The forwarding attack."""

from typing import ClassVar

from simulator.scenario.context import Context, Request
from simulator.scenario.names import ProviderRef, RequestRef
from simulator.scenario.step import Step


class Forward(Step, frozen=True, tag="forward"):
    """A provider sends a captured request, unchanged, to a provider of its choice ([T] Security)."""

    by_http: ClassVar[bool] = True

    request: RequestRef
    by: ProviderRef
    to: ProviderRef

    async def run(self, context: Context) -> int:
        """Under the attacker's own TLS identity."""
        return await context.submit(context.result(self.request, Request), self.by, self.to)
