"""Somebody else's provider within this process: another federation, which ours knows by its address alone."""

import time
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path

import trio

from simulator.drafts import DRAFTS
from simulator.federation import External, ProviderSpec, Topology, open_session
from simulator.federation.control import control, new_token
from simulator.net import kept_authority, reserved_port
from tests.scenario.small_scenarios import TOPOLOGY


@asynccontextmanager
async def carols(
    folder: Path, *, agreeing: bool, said: str = "", draft: str = DRAFTS[0].name, key_packages: int = 3
) -> AsyncIterator[str]:
    """c.example serves, its users `agreeing` to all connections or not; the start of a scenario file in whose topology
    it is external, with what is `said` of it there.
    """
    ca = {name: folder / name / "ca.pem" for name in ("ours", "theirs")}
    for file in ca.values():
        kept_authority(file.parent)
    with ExitStack() as reserved:
        sockets = [reserved.enter_context(reserved_port()) for _ in "abc"]
        a, b, c = (socket.getsockname()[1] for socket in sockets)
    carol = ProviderSpec("c.example", {"carol": ("phone", "watch")}, port=c)
    others = [
        ProviderSpec(f"{x}.example", external=External("127.0.0.1", port, ca["ours"]))
        for x, port in zip("ab", (a, b), strict=True)
    ]
    faults: list[Exception] = []
    async with trio.open_nursery() as nursery:
        topology = Topology((carol, *others), draft, authority=folder / "theirs", key_packages=key_packages)
        async with open_session(topology, seed=99, now=int(time.time())) as session:
            await nursery.start(partial(control, session, faults.append, accepting=agreeing, token=new_token()))
            external = f"external: {{address: 127.0.0.1, port: {c}, ca: {ca['theirs']}{said}}}, "
            head = TOPOLOGY.replace("topology:\n", f"topology:\n  draft: {draft}\n  authority: {folder / 'ours'}\n")
            for name, more in (("a", f"port: {a}, "), ("b", f"port: {b}, "), ("c", external)):
                head = head.replace(f"{name}.example: {{", f"{name}.example: {{{more}")
            yield head
            nursery.cancel_scope.cancel()
    assert not faults
