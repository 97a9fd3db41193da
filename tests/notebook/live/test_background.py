"""Calls into the other thread: results, failures, interrupts, the end."""

import importlib
import signal
import threading
from collections.abc import AsyncIterator
from concurrent.futures import CancelledError
from contextlib import asynccontextmanager

import pytest
import trio

from simulator.notebook.live.background import Background


class Thing:
    def __init__(self) -> None:
        self.closed = False
        self.log: list[str] = []

    @asynccontextmanager
    async def open(self) -> AsyncIterator["Thing"]:
        try:
            yield self
        finally:
            self.closed = True


def test_calls_run_on_what_was_opened() -> None:
    thing = Thing()
    background = Background(thing.open)
    assert background.start() is thing
    assert background.running

    async def double(opened: Thing) -> tuple[Thing, str]:
        await trio.lowlevel.checkpoint()
        return opened, threading.current_thread().name

    assert background.call(double) == (thing, "simulator")
    background.stop()
    background.stop()
    assert thing.closed
    assert not background.running
    with pytest.raises(CancelledError):
        background.call(double)


def test_a_failure_is_the_caller_s_and_no_end() -> None:
    background = Background(Thing().open)
    background.start()

    async def fail(_: Thing) -> None:
        raise LookupError("not there")

    async def work(_: Thing) -> int:
        return 7

    with pytest.raises(LookupError, match="not there"):
        background.call(fail)
    assert background.call(work) == 7
    background.stop()


def test_what_can_t_be_opened_is_said_and_leaves_nothing_behind() -> None:
    @asynccontextmanager
    async def broken() -> AsyncIterator[None]:
        raise ValueError("no such thing")
        yield

    background = Background(broken)
    before = threading.active_count()
    with pytest.raises(ValueError, match="no such thing"):
        background.start()
    assert threading.active_count() == before


@pytest.mark.parametrize("library", ["threading", "polars"])
def test_an_interrupt_ends_what_was_called_and_nothing_else(library: str) -> None:
    importlib.import_module(library)  # polars handles signals in a way of its own
    thing = Thing()
    background = Background(thing.open)
    background.start()

    async def hang(opened: Thing) -> None:
        try:
            opened.log.append("began")
            # As Ctrl-C, or the notebook's stop button.
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
            await trio.sleep_forever()
        finally:
            opened.log.append("ended")

    async def look(opened: Thing) -> list[str]:
        return opened.log

    with pytest.raises(KeyboardInterrupt):
        background.call(hang)
    assert background.call(look) == ["began", "ended"]
    background.stop()


def test_who_waits_while_it_is_stopped_hears_of_it() -> None:
    background = Background(Thing().open)
    background.start()

    async def stop_meanwhile(_: Thing) -> None:
        threading.Thread(target=background.stop).start()
        await trio.sleep_forever()

    with pytest.raises(CancelledError):
        background.call(stop_meanwhile)
    background.stop()


def test_what_ends_the_run_is_told_to_whoever_calls_next() -> None:
    @asynccontextmanager
    async def breaking() -> AsyncIterator[trio.Event]:
        async with trio.open_nursery() as nursery:
            broken = trio.Event()

            async def breaks() -> None:
                await broken.wait()
                raise ValueError("a bug")

            nursery.start_soon(breaks)
            yield broken

    background = Background(breaking)
    background.start()

    async def break_and_wait(broken: trio.Event) -> None:
        broken.set()
        await trio.sleep_forever()

    with pytest.raises(ValueError, match="a bug"):
        background.call(break_and_wait)
    with pytest.raises(ValueError, match="a bug"):
        background.call(break_and_wait)
    assert not background.running
    background.stop()


def test_its_own_thread_may_stop_it() -> None:
    background = Background(Thing().open)
    background.start()

    async def stop(_: Thing) -> int:
        background.stop()
        return 7

    assert background.call(stop) == 7
    background.stop()
    assert not background.running


def test_an_interrupted_start_leaves_nothing_behind() -> None:
    closed: list[bool] = []

    @asynccontextmanager
    async def slow() -> AsyncIterator[None]:
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        try:
            await trio.sleep_forever()
            yield
        finally:
            closed.append(True)

    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt):
        Background(slow).start()
    assert closed == [True]
    assert threading.active_count() == before
