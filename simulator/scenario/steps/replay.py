"""The replay attack."""

from typing import ClassVar

from simulator.scenario.names import RequestRef
from simulator.scenario.running.context import Context, Request
from simulator.scenario.step import Conduct, Step


class Replay(Step, frozen=True, tag="replay"):
    """A captured request is sent once more, from the same provider to the same provider."""

    conduct: ClassVar[Conduct] = Conduct.hostile
    shorthand: ClassVar[str] = "request"
    by_http: ClassVar[bool] = True

    request: RequestRef

    def culprits(self, context: Context) -> tuple[str, ...]:
        """Who has sent the request."""
        return (context.result(self.request, Request).sender,)

    async def run(self, context: Context) -> int:
        """The same bytes again."""
        request = context.result(self.request, Request)
        return await context.submit(request, request.sender, request.recipient)
