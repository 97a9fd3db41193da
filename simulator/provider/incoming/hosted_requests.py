"""Requests that a provider works on for a server that is not its own, and what becomes of them when it goes down."""

from collections.abc import Awaitable, Callable

import trio

from simulator.net import HTTPReply


class HostedRequests:
    """The requests under way at one provider that came in at a host which it shares, for one life of the provider."""

    def __init__(self) -> None:
        self._scopes: dict[trio.CancelScope, None] = {}
        self._closed = False
        self._left = trio.Event()

    async def receive(self, serve: Callable[[], Awaitable[HTTPReply]]) -> HTTPReply | None:
        """What `serve` answers; None where the provider is down, or goes down meanwhile: then what was asked for may
        have been carried out.
        """
        if self._closed:
            return None
        with trio.CancelScope() as scope:
            self._scopes[scope] = None
            try:
                return await serve()
            finally:
                del self._scopes[scope]
                if not self._scopes:
                    self._left.set()
        return None

    async def close(self, grace: float = 3) -> None:
        """Take no more, and let those that are under way end within `grace` seconds."""
        self._closed = True
        with trio.move_on_after(grace):
            while self._scopes:
                self._left = trio.Event()
                await self._left.wait()

    def cancel_all(self) -> None:
        """End everything now."""
        self._closed = True
        for scope in tuple(self._scopes):
            scope.cancel()
