"""A provider answers something else than it should."""

from collections.abc import Callable

from simulator.drafts.requests.template import Template
from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor

Lie = Callable[[HTTPReply], HTTPReply]
"""The honest answer to begin with, and what is sent instead of it."""


class Answering(Interceptor):
    """Every answer at paths of `template` becomes what `lie` makes of it; with `times`, only the first so many.

    With `meant`, only answers to requests for which it is true.
    """

    def __init__(
        self, template: Template, lie: Lie, times: int | None = None, meant: Callable[[HTTPRequest], bool] | None = None
    ) -> None:
        self._template = template
        self._lie = lie
        self._left = times
        self._meant = meant

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """The lie, as long as there are any left."""
        if self._template.match(request.path) is None or self._left == 0:
            return reply
        if self._meant is not None and not self._meant(request):
            return reply
        if self._left is not None:
            self._left -= 1
        return self._lie(reply)
