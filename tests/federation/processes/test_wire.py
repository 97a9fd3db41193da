"""Messages arrive whole, and what there is once in each process is that of the process."""

import socket
from collections.abc import AsyncIterator

import pytest
import trio

from simulator.drafts.registry import usual
from simulator.federation.processes.messages import Elsewhere
from simulator.federation.processes.wire import Stream, ask, packed
from simulator.mls.crypto import cipher_suite
from simulator.mls.extensions.components import Component
from simulator.services.refusal import Code


@pytest.fixture
async def ends() -> AsyncIterator[tuple[Stream, socket.socket]]:
    one, other = socket.socketpair()
    stream = Stream(trio.SocketStream(trio.socket.from_stdlib_socket(one)))
    with other:
        yield stream, other
        await stream.aclose()


async def test_one_after_the_other(ends: tuple[Stream, socket.socket]) -> None:
    stream, other = ends
    other.sendall(packed({"a": 1}) + packed(b"x" * 100_000))
    assert await stream.receive() == {"a": 1}
    assert await stream.receive() == b"x" * 100_000
    other.shutdown(socket.SHUT_WR)
    with pytest.raises(EOFError):
        await stream.receive()


async def test_asking_waits_for_the_answer(ends: tuple[Stream, socket.socket]) -> None:
    stream, other = ends

    async def answer() -> None:
        await stream.send(packed([await stream.receive()]))

    async with trio.open_nursery() as nursery:
        nursery.start_soon(answer)
        assert await trio.to_thread.run_sync(ask, other, packed("question")) == ["question"]


async def test_nobody_is_there(ends: tuple[Stream, socket.socket]) -> None:
    stream, other = ends
    await stream.aclose()
    with pytest.raises((EOFError, OSError)):
        ask(other, packed("question"))


async def test_what_there_is_once(ends: tuple[Stream, socket.socket]) -> None:
    stream, other = ends
    suite, own = cipher_suite(1), Code("own_word", final=True)
    other.sendall(packed((suite, usual()[0], Code.unknown_user, own)))
    found = await stream.receive()
    assert found[0] is suite
    assert found[1] is usual()[0]
    assert found[2] is Code.unknown_user
    assert (found[3], found[3].final) == (own, True)


async def test_the_copy_of_a_group_changes_nothing(ends: tuple[Stream, socket.socket]) -> None:
    stream, other = ends
    other.sendall(packed(Component(lambda before, updates: b"")))
    with pytest.raises(Elsewhere):
        (await stream.receive()).update(None, [])
