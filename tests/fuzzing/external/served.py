"""Somebody else's server within this process, behind a relay that can spoil what passes; and the file for `--over`."""

import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import trio

from simulator.clients.operations import CreateGroup
from simulator.dataclass import dataclass
from simulator.federation import External, ProviderSpec, Session, Topology, open_session
from simulator.federation.control import control, new_token
from simulator.net import kept_authority, reserved_port

ROOMS = "mimi-protocol-06"


class Relay:
    """Passes bytes on to a server, for as long as it is `honest`; `silent`, it keeps what the server answers, to
    `hang up` it closes every connection by which something is asked, and to `cut` each by which something is answered.
    """

    def __init__(self, port: int) -> None:
        self.mode = "honest"
        self._port = port

    async def serve(self, stream: trio.SocketStream) -> None:
        """One connection."""
        async with stream, await trio.open_tcp_stream("127.0.0.1", self._port) as server, trio.open_nursery() as both:
            both.start_soon(self._pass, stream, server, both.cancel_scope, True)
            both.start_soon(self._pass, server, stream, both.cancel_scope, False)

    async def _pass(
        self, source: trio.SocketStream, to: trio.SocketStream, ended: trio.CancelScope, is_asked: bool
    ) -> None:
        try:
            ends = "hang up" if is_asked else "cut"
            while (data := await source.receive_some()) and self.mode != ends:
                if is_asked or self.mode != "silent":
                    await to.send_all(data)
        except trio.BrokenResourceError:
            pass
        ended.cancel()


@dataclass(frozen=True, slots=True)
class Served:
    """A server that is not ours: c.example, unless a test wants another."""

    over: Path
    """The file that puts it in its place."""
    session: Session
    """Its own federation, for who plays its owner."""
    relay: Relay


@asynccontextmanager
async def external(
    folder: Path, draft: str = "mimi-transport-00", *, agreeing: bool = True, at: str = "c", user: str = "carol"
) -> AsyncIterator[Served]:
    """It serves, and its `user` agrees to connections; in a draft that has rooms there is one that anybody may join."""
    ca = {name: folder / name / "ca.pem" for name in ("ours", "theirs")}
    for file in ca.values():
        kept_authority(file.parent)
    with ExitStack() as reserved:
        sockets = [reserved.enter_context(reserved_port()) for _ in "abc"]
        a, b, c = (socket.getsockname()[1] for socket in sockets)
    there, (one, two) = f"{at}.example", (f"{x}.example" for x in "abc" if x != at)
    theirs = ProviderSpec(there, {user: ("phone", "watch")}, port=c)
    others = [
        ProviderSpec(name, external=External("127.0.0.1", port, ca["ours"])) for name, port in ((one, a), (two, b))
    ]
    faults: list[Exception] = []
    async with trio.open_nursery() as nursery:
        topology = Topology((theirs, *others), draft, authority=folder / "theirs", key_packages=50)
        async with open_session(topology, seed=99, now=int(time.time())) as session:
            await nursery.start(partial(control, session, faults.append, accepting=agreeing, token=new_token()))
            relay = Relay(c)
            listeners = await nursery.start(partial(trio.serve_tcp, relay.serve, 0, host="127.0.0.1"))
            said = f"address: 127.0.0.1, port: {listeners[0].socket.getsockname()[1]}, ca: theirs/ca.pem"
            if agreeing:
                said += ", accepts: true"
            if draft == ROOMS:
                room = await session.client(f"{user}.phone").perform(CreateGroup(settings={"open": True}))
                said += f", groups: [{{uri: '{room}', settings: {{open: true}}}}]"
            ours = f"  {one}: {{port: {a}}}\n  {two}: {{port: {b}}}\n"
            over = folder / "over.yaml"
            place = f"  {there}: {{external: {{{said}}}}}\n"
            over.write_text(f"authority: ours\ndraft: {draft}\nproviders:\n{ours}{place}")
            yield Served(over, session, relay)
            nursery.cancel_scope.cancel()
    assert not faults
