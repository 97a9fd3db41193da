"""asyncio in a thread of its own, for a library that needs it, and calls of it from trio."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

import trio

T = TypeVar("T")


class AsyncioThread:
    """An event loop of asyncio that runs while this is open; a context manager under trio."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._loop.set_exception_handler(lambda *_: None)  # of tasks of the library that nobody waits for
        self._thread = threading.Thread(target=self._loop.run_forever, name="asyncio", daemon=True)

    async def __aenter__(self) -> Self:
        """The loop begins."""
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What still runs there is cancelled."""
        with trio.CancelScope(shield=True):
            await self.run(_cancel_all)
            self._loop.call_soon_threadsafe(self._loop.stop)
            await trio.to_thread.run_sync(self._thread.join)
        self._loop.close()

    async def run(self, function: Callable[..., Coroutine[Any, Any, T]], *arguments: object) -> T:
        """What a coroutine function returns there; when this is cancelled so is that, and its end is waited for."""
        token, ended = trio.lowlevel.current_trio_token(), trio.Event()
        begun: list[asyncio.Task[T]] = []

        def begin() -> None:
            task = self._loop.create_task(function(*arguments))
            begun.append(task)
            task.add_done_callback(lambda _: token.run_sync_soon(ended.set))

        def end() -> None:
            begun[0].cancel()

        self._loop.call_soon_threadsafe(begin)
        try:
            await ended.wait()
        except trio.Cancelled:
            self._loop.call_soon_threadsafe(end)
            with trio.CancelScope(shield=True):
                await ended.wait()
            begun[0].cancelled() or begun[0].exception()  # asyncio wants to have told of it
            raise
        return begun[0].result()


async def _cancel_all() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
