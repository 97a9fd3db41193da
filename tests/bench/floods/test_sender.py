"""A flood by a process of its own reaches a real server, over one connection after the other."""

import subprocess
import sys

import trio

from simulator.bench.floods import sender
from tests.federated import federation


def _sent(port: int, host: str, seconds: str, said: bytes) -> str:
    command = [sys.executable, sender.__file__, str(port), host, seconds]
    return subprocess.run(command, input=said, capture_output=True, check=True).stdout.decode()


async def test_it_sends_until_the_time_is_over() -> None:
    async with federation() as session:
        host = session.provider("a").service_host
        address = session.network.lookup(host)
        assert address is not None
        first = b"GET / HTTP/1.1\r\n"
        said = b"http/1.1\n%d\n" % len(first) + first + b"x: y\r\n" * 1000
        told = await trio.to_thread.run_sync(_sent, address.port, host, "0.2", said)
    sent, connections = told.split(" MB, ")
    assert float(sent) > 0
    assert int(connections.removesuffix(" connections\n")) >= 1
