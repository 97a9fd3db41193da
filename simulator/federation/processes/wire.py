"""How messages travel between the processes of a federation: pickled, each behind its length.

Only processes that one of them has started have an end of these sockets.
"""

import io
import pickle
import socket
import struct
import sys
from collections.abc import Sequence
from copyreg import dispatch_table
from functools import cache
from pkgutil import resolve_name
from typing import Any

import trio

from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Endpoint
from simulator.federation.processes.messages import Elsewhere
from simulator.mls.crypto import CipherSuite, cipher_suite
from simulator.mls.extensions.components import Component
from simulator.services.refusal import Code

_HEAD = struct.Struct("!Q")


def packed(message: object) -> bytes:
    """A message with its length in front. Raises what pickle raises for what can't be sent."""
    buffer = io.BytesIO()
    buffer.write(bytes(_HEAD.size))
    _Pickler(buffer, pickle.HIGHEST_PROTOCOL).dump(message)
    _HEAD.pack_into(buffer.getbuffer(), 0, buffer.tell() - _HEAD.size)
    return buffer.getvalue()


class Stream:
    """One end, for a task. Messages of several tasks do not mix: `send` is for one at a time."""

    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream

    async def send(self, message: bytes) -> None:
        """Send what `packed` made. Raises trio.BrokenResourceError where nobody is there."""
        await self._stream.send_all(message)

    async def receive(self) -> Any:
        """The next message. Raises EOFError and trio.BrokenResourceError where there is none to come."""
        head = await self._read(_HEAD.size)
        return pickle.loads(await self._read(_HEAD.unpack(head)[0]))  # noqa: S301 (our own process wrote it)

    async def aclose(self) -> None:
        """Close it."""
        await self._stream.aclose()

    async def _read(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size:
            chunk = await self._stream.receive_some(size - len(data))
            if not chunk:
                raise EOFError
            data += chunk
        return bytes(data)


def ask(there: socket.socket, message: bytes) -> Any:
    """Send what `packed` made, and wait for the answer, without letting any task run. Raises EOFError and OSError."""
    there.sendall(message)
    return pickle.loads(_read(there, _HEAD.unpack(_read(there, _HEAD.size))[0]))  # noqa: S301 (as above)


def _read(there: socket.socket, size: int) -> bytearray:
    data = bytearray(size)
    view, done = memoryview(data), 0
    while done < size:
        count = there.recv_into(view[done:])
        if not count:
            raise EOFError
        done += count
    return data


class _Pickler(pickle.Pickler):
    """Knows what is one thing in every process, and is sent by its name."""

    dispatch_table = {
        **dispatch_table,
        CipherSuite: lambda suite: (cipher_suite, (suite.value,)),
        Draft: lambda draft: (registry.named, (draft.name,)),
        Component: lambda _: (_component, ()),
        Code: lambda code: (_code, (str(code), code.final)),
        Endpoint: lambda endpoint: (_endpoint, _place_of(endpoint)),
    }


_Place = tuple[str, int | None]


def _place_of(endpoint: Endpoint) -> _Place:
    return _place(endpoint)


@cache
def _place(endpoint: Endpoint) -> _Place:
    """Where an endpoint is to be found: a name in a module, and the number in a table if it is in one. Those that only
    clients can reach are not in their draft's table.
    """
    for name, module in tuple(sys.modules.items()):
        for own, each in tuple(getattr(module, "__dict__", {}).items()):  # what is there need not be a module
            if each is endpoint:
                return f"{name}:{own}", None
            if isinstance(each, tuple):
                for number, row in enumerate(each):
                    if row is endpoint:
                        return f"{name}:{own}", number
    raise Elsewhere(f"the endpoint {endpoint.name} has no name in any module")


def _endpoint(place: str, number: int | None) -> Endpoint:
    found = resolve_name(place)
    endpoint: Endpoint = found if number is None else found[number]
    return endpoint


def _component() -> Component:
    """A copy of a group is only looked at: what would change its application's data stays where the group is."""
    return Component(_unchangeable)


def _unchangeable(before: bytes | None, updates: Sequence[bytes]) -> bytes:
    raise Elsewhere("a group that is in another process can't be changed from here")


def _code(word: str, final: bool) -> Code:
    common = vars(Code).get(word)
    return common if isinstance(common, Code) else Code(word, final=final)
