"""What the shipped scenarios of one draft can't do without, on two cores: hypercorn, httpx, `cryptography` and SQLite
alone, each used as its documentation says.

`suite` asks for 8 s. Counted on 2026-12-01 in a run of all scenarios of mimi-transport-00: 181 federations of three
providers, each with a TLS server and a store of its own; 1,568 connections, 5,201 requests with bodies of 340 and
answers of 289 octets; 10,211 signatures verified and 10,576 made, 7,024 X25519 keys and 3,419 exchanges; 9 RSA keys and
424 signatures with them; 25,358 transactions with 162,300 statements. Nothing is decided here: no MLS group, no codec,
no rule, no record of what happened. What is printed is half of the seconds of the processor, the time on two cores
where neither ever waits, and the time that it took.

python -m tests.benchmarks.denied.suite_of_scenarios
"""

import sqlite3
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from multiprocessing import get_context
from tempfile import NamedTemporaryFile
from typing import Any

import httpx
import trio
import trustme
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypercorn.config import Config
from hypercorn.trio import serve

CORES, GOAL = 2, 8
FEDERATIONS, PROVIDERS, CONNECTIONS, REQUESTS = 181, 3, 1568, 5201
VERIFIED, SIGNED, KEYS, EXCHANGES, RSA_KEYS, RSA_SIGNATURES = 10_211, 10_576, 7024, 3419, 9, 424
TRANSACTIONS, STATEMENTS = 25_358, 162_300
BODY, ANSWER = bytes(340), bytes(289)


def each(count: int) -> int:
    """For one federation."""
    return max(1, round(count / FEDERATIONS))


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer every request alike, when its body is there."""
    if scope["type"] == "lifespan":
        for event in ("startup", "shutdown"):
            await receive()
            await send({"type": f"lifespan.{event}.complete"})
        return
    while (await receive()).get("more_body"):
        pass
    headers = [(b"content-type", b"application/octet-stream"), (b"content-length", str(len(ANSWER)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": ANSWER})


@asynccontextmanager
async def federation(authority: trustme.CA) -> AsyncIterator[list[str]]:
    """The origins of its servers."""
    ended = trio.Event()
    async with trio.open_nursery() as nursery:
        origins = []
        for _ in range(PROVIDERS):
            config = Config()
            config.bind, config.errorlog = ["127.0.0.1:0"], None
            with NamedTemporaryFile(suffix=".pem", dir="/dev/shm") as pem:
                pem.write(authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.bytes())
                pem.flush()
                config.certfile = config.keyfile = pem.name
                run = partial(serve, app, config, shutdown_trigger=ended.wait, mode="asgi")
                binds: list[str] = await nursery.start(run)
            origins += binds
        yield origins
        nursery.cancel_scope.cancel()


async def talk(origins: list[str], context: ssl.SSLContext) -> None:
    """All requests of a federation, over as many connections as there are."""
    connections = each(CONNECTIONS)
    for number in range(connections):
        async with httpx.AsyncClient(verify=context, trust_env=False) as client:
            for _ in range(each(REQUESTS * (number + 1)) // connections - each(REQUESTS * number) // connections):
                (await client.post(f"{origins[number % PROVIDERS]}/", content=BODY)).raise_for_status()


def compute(issuer: rsa.RSAPrivateKey) -> None:
    """The cryptography of a federation."""
    key = Ed25519PrivateKey.generate()
    public, signature = key.public_key(), key.sign(BODY)
    for _ in range(each(VERIFIED)):
        public.verify(signature, BODY)
    for _ in range(each(SIGNED)):
        key.sign(BODY)
    keys = [X25519PrivateKey.generate() for _ in range(each(KEYS))]
    for number in range(each(EXCHANGES)):
        keys[number].exchange(keys[-1].public_key())
    for _ in range(each(RSA_SIGNATURES)):
        issuer.sign(BODY, padding.PSS(padding.MGF1(hashes.SHA384()), 48), hashes.SHA384())


def store() -> None:
    """The transactions of a federation, half of whose statements write."""
    stores = [sqlite3.connect(":memory:", isolation_level=None) for _ in range(PROVIDERS)]
    for one in stores:
        one.execute("CREATE TABLE found (key BLOB PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID")
    for number in range(each(TRANSACTIONS)):
        one = stores[number % PROVIDERS]
        one.execute("BEGIN IMMEDIATE")
        for statement in range(STATEMENTS // TRANSACTIONS // 2):
            key = b"%d %d" % (number, statement)
            one.execute("INSERT INTO found VALUES (?, ?)", (key, BODY))
            one.execute("SELECT value FROM found WHERE key = ?", (key,)).fetchone()
        one.execute("COMMIT")
    for one in stores:
        one.close()


async def play(federations: int, issuer: rsa.RSAPrivateKey) -> None:
    """One after the other, as one of two processes does."""
    for _ in range(federations):
        authority = trustme.CA()
        context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
        async with federation(authority) as origins:
            await talk(origins, context)
        compute(issuer)
        store()


def work(number: int) -> float:
    """What one process takes, with its imports: seconds of the processor."""
    issuers = [rsa.generate_private_key(65_537, 2048) for _ in range(RSA_KEYS // CORES + (number < RSA_KEYS % CORES))]
    trio.run(play, FEDERATIONS // CORES + (number < FEDERATIONS % CORES), issuers[0])
    return time.process_time()


def main() -> None:
    """Print it."""
    began = time.perf_counter()
    with get_context("spawn").Pool(CORES) as pool:
        took = sum(pool.map(work, range(CORES), chunksize=1))
    print(
        f"{took / CORES:.1f} s on {CORES} cores that never wait; it took {time.perf_counter() - began:.1f}; goal {GOAL}"
    )


if __name__ == "__main__":
    main()
