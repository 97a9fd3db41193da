"""A provider answers something else than it should."""

from collections.abc import Callable

from simulator.net import HTTPReply, HTTPRequest
from simulator.provider.interceptors import Interceptor

Lie = Callable[[HTTPReply], HTTPReply]
"""The honest answer to begin with, and what is sent instead of it."""


class Answering(Interceptor):
    """Every answer at `path` becomes what `lie` makes of it; with `times`, only the first so many."""

    def __init__(self, path: str, lie: Lie, times: int | None = None) -> None:
        self._path = path
        self._lie = lie
        self._left = times

    def reply(self, request: HTTPRequest, reply: HTTPReply) -> HTTPReply:
        """The lie, as long as there are any left."""
        if request.path != self._path or self._left == 0:
            return reply
        if self._left is not None:
            self._left -= 1
        return self._lie(reply)
