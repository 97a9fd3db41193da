"""What a provider's server calls: from an HTTP request to its HTTP reply."""

from collections.abc import Callable

from simulator.drafts.draft import Draft
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.incoming.http_binding import answer, in_http, wire_request
from simulator.provider.incoming.request_handler import RequestHandler
from simulator.provider.work_tracker import WorkTracker


class Dispatch:
    """The handler of one provider's server."""

    def __init__(
        self,
        draft: Draft,
        handler: RequestHandler,
        work_tracker: WorkTracker,
        report: Callable[[Exception], None],
    ):
        self._draft = draft
        self._handler = handler
        self._work_tracker = work_tracker
        self._report = report

    async def __call__(self, request: HTTPRequest) -> HTTPReply:
        """The reply: a result, a refusal, or 500 for a fault of our own, which goes to `report` too."""
        call = self._draft.call(wire_request(request), self._handler)

        async def serve() -> HTTPReply:
            return in_http(await self._handler.serve(call))

        with self._work_tracker.part():
            return await answer(self._draft, call, serve, self._report)
