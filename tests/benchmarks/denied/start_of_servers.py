"""What it takes until 200 TLS servers have answered a request each: trio and `ssl` alone, with nothing else to start.

`start-200` asks for a twelfth of what hypercorn and httpx take, about 27 ms a server: 2.3 ms for a provider with its
store, its user and that one's KeyPackages. Here are a key and a certificate for each server, its context, and one
handshake with the fewest octets that are a request and an answer. On a busy machine, where this took 5.3 ms, theirs
took 39 in the same minutes: seven times as much, not twelve.

python -m tests.benchmarks.denied.start_of_servers
"""

import ssl
from functools import partial
from tempfile import NamedTemporaryFile
from time import process_time

import trio
import trustme

SERVERS, GOAL = 200, 2.3


async def answer(stream: trio.SSLStream[trio.SocketStream]) -> None:
    """To whatever is asked."""
    await stream.receive_some()
    await stream.send_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


async def start(authority: trustme.CA, nursery: trio.Nursery) -> int:
    """The port of one more server."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with NamedTemporaryFile(suffix=".pem", dir="/dev/shm") as pem:
        pem.write(authority.issue_cert("localhost").private_key_and_cert_chain_pem.bytes())
        pem.flush()
        context.load_cert_chain(pem.name)
    serve = partial(trio.serve_ssl_over_tcp, answer, 0, context, host="127.0.0.1")
    (listener,) = await nursery.start(serve)
    return int(listener.transport_listener.socket.getsockname()[1])


async def ask(port: int, context: ssl.SSLContext) -> None:
    """One request over a connection of its own."""
    stream = trio.SSLStream(await trio.open_tcp_stream("127.0.0.1", port), context, server_hostname="localhost")
    await stream.send_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    await stream.receive_some()
    await trio.aclose_forcefully(stream)


async def main() -> None:
    """Print it, three times."""
    authority = trustme.CA()
    client = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    for _ in range(3):
        async with trio.open_nursery() as nursery:
            began = process_time()
            ports = [await start(authority, nursery) for _ in range(SERVERS)]
            up = process_time()
            for port in ports:
                await ask(port, client)
            whole = process_time() - began
            nursery.cancel_scope.cancel()
        each = [1000 * seconds / SERVERS for seconds in (whole, up - began)]
        print(f"{each[0]:.2f} ms of the processor a server, {each[1]:.2f} of it until it listens; the goal is {GOAL}")


if __name__ == "__main__":
    trio.run(main)
