"""A process of a federation: runs one share after the other, and does what it is told."""

import os
import signal
import socket
import sys
import warnings
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from inspect import isawaitable
from itertools import count
from pathlib import Path
from typing import Any, NoReturn

import trio

from simulator.drafts import registry
from simulator.errors import SimulatorError, SimulatorWarning
from simulator.federation.federation import open_session
from simulator.federation.processes.failure import Failure
from simulator.federation.processes.messages import CLIENT, Call, Cancel, Close, News, Reply, Share
from simulator.federation.processes.served import ServedShare, news
from simulator.federation.processes.wire import Stream, packed
from simulator.net import Authority
from simulator.signals import cancel_on_signal
from simulator.trace import Recorder

_MOST_CONNECTIONS = 1_000_000
"""Of one share in one process."""


def main(acts: int, looks: int, drafts: Sequence[str]) -> NoReturn:
    """Do what comes over two sockets until the first is closed, or until SIGTERM. `drafts` are the paths of those that
    are not installed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for whoever started us, at once
    warnings.simplefilter("ignore", SimulatorWarning)  # who started us has said the same
    for path in drafts:
        registry.add(Path(path))
    trio.run(_main, acts, looks)
    sys.exit(0)


async def _main(acts: int, looks: int) -> None:
    for descriptor in (acts, looks):
        os.set_inheritable(descriptor, False)
    streams = [_stream(descriptor) for descriptor in (acts, looks)]
    async with trio.open_nursery() as nursery:
        await nursery.start(cancel_on_signal, nursery.cancel_scope, (signal.SIGTERM,))
        try:
            while True:
                await Worker(await streams[0].receive(), *streams).run()
        except* (EOFError, trio.BrokenResourceError):
            nursery.cancel_scope.cancel()  # whoever started us is gone


def _stream(descriptor: int) -> Stream:
    return Stream(trio.SocketStream(trio.socket.from_stdlib_socket(socket.socket(fileno=descriptor))))


class Worker:
    """One share, from its start to its end."""

    def __init__(self, share: Share, acts: Stream, looks: Stream) -> None:
        self._share = share
        self._acts = acts
        self._looks = looks
        self._outgoing, self._messages = trio.open_memory_channel[bytes](sys.maxsize)
        self._under_way: dict[int, trio.CancelScope] = {}

    async def run(self) -> None:
        """Start it, say where its providers are, and do as told until it is to end; what was recorded last is the
        answer to that. Where it can't start, why is the only answer. Raises EOFError, perhaps in a group, where nobody
        is there any more.
        """
        async with AsyncExitStack() as stack:
            try:
                served = await stack.enter_async_context(self._opened())
            except Exception as error:
                await self._acts.send(packed(Reply(0, Failure.of(_innermost(error)))))
                return
            async with trio.open_nursery() as nursery:
                nursery.start_soon(self._send)
                nursery.start_soon(self._look, served)
                self._say(packed(Reply(0, served.addresses())))
                await self._act(served, nursery)
                nursery.cancel_scope.cancel()
        await self._acts.send(packed(Reply(0, served.recorded())))

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[ServedShare]:
        share = self._share
        recorder = Recorder(
            wire=share.wire,
            secrets=share.secrets,
            bounds=share.bounds,
            connections=count(_first_connection(share), share.of),
        )
        recorder.enter(*share.step)
        authority = Authority.from_pem(*share.authority)
        async with open_session(
            share.topology,
            seed=share.seed,
            now=share.now,
            recorder=recorder,
            authority=authority,
            elsewhere=share.elsewhere,
            ahead=share.ahead,
        ) as session:
            for name in share.names:  # in one process they would be given out as somebody first dials
                session.network.source_addresses.of(name)
            for client in session.clients:
                client.events.bounds = share.client_bounds
            yield ServedShare(session, lambda fault: self._say(packed(fault)))

    async def _act(self, served: ServedShare, nursery: trio.Nursery) -> None:
        while not isinstance(message := await self._acts.receive(), Close):
            if isinstance(message, Call):
                await nursery.start(self._carry_out, message, served)  # they begin in the order in which they come
            elif isinstance(message, Cancel) and message.number in self._under_way:
                self._under_way[message.number].cancel()

    async def _carry_out(self, call: Call, served: ServedShare, *, task_status: trio.TaskStatus[None]) -> None:
        with trio.CancelScope() as scope:
            self._under_way[call.number] = scope
            task_status.started()
            try:
                self._say(await _answer(call, served))
            finally:
                del self._under_way[call.number]

    async def _look(self, served: ServedShare) -> None:
        while True:
            call: Call = await self._looks.receive()
            await self._looks.send(await _answer(call, served))

    def _say(self, message: bytes) -> None:
        self._outgoing.send_nowait(message)

    async def _send(self) -> None:
        async for message in self._messages:
            await self._acts.send(message)


def _first_connection(share: Share) -> int:
    """The number of its first connection: no two of a run are alike."""
    return share.place + 1 + (share.life - 1) * share.of * _MOST_CONNECTIONS


async def _answer(call: Call, served: ServedShare) -> bytes:
    """The reply, packed."""
    try:
        value = await _value(call, served)
    except Exception as error:
        value = Failure.of(error)
    heard: dict[str, News] = {}
    if call.target[0] == CLIENT:
        client = served.session.client(call.target[1])
        if client.events.total > call.known:
            heard[client.uri] = news(client, call.known)
    try:
        return packed(Reply(call.number, value, heard))
    except Exception as error:  # pickle raises many sorts for what it can't pickle
        return packed(Reply(call.number, Failure.of(error), heard))


async def _value(call: Call, served: ServedShare) -> Any:
    found = served.find(call.target)
    for name in call.path:
        found = getattr(found, name)
    if call.arguments is None:
        return found
    found = found(*call.arguments, **call.keywords)
    return await found if isawaitable(found) else found


def _innermost(error: Exception) -> Exception:
    """The first failure in a group, a fault of ours before anything else."""
    if not isinstance(error, ExceptionGroup):
        return error
    inner = [_innermost(part) for part in error.exceptions]
    return next((part for part in inner if not isinstance(part, SimulatorError)), inner[0])
