"""What a request with everything on takes at least that a bare one does not: a signature, a transaction, a record.

`request-full` asks for no more than 1 / 0.6 of our own bare request, so that two thirds of a bare one are left for all
that is checked, decided, stored and noted. Here, after each request to a server of hypercorn by httpx, a body is cut
into a dozen vectors (RFC 9420 2.1.2) and hashed twice, `cryptography` verifies a signature of Ed25519 over it, SQLite
does what a provider has to for a message that is new, one transaction with a look-up and two rows, and a dict keeps
what there was. No rule is checked and nothing is decided. What is printed is how long that takes, beside a bare request
of ours, as `mimi-sim bench` measures it at the same time, and the ratio if all the rest took no time.

python -m tests.benchmarks.denied.full_request
"""

import hashlib
import json
import sqlite3
import ssl
import subprocess
import sys
import tempfile
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any

import httpx
import trio
import trustme
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypercorn.config import Config
from hypercorn.trio import serve

GOAL = 0.6
REQUESTS, WARM, ROUNDS = 500, 50, 3
REQUEST = bytes(500)
VECTORS = (32, 17, 22, 8, 32, 4, 1, 63, 63, 32, 16, 60)
"""Octets of what is in a message to a follower, each behind its length; as many as such a message has."""
BARE = (sys.executable, "-m", "simulator", "bench", "request-bare-1", "--quick", "--json", "-")


async def app(scope: Any, receive: Any, send: Any) -> None:
    """Answer every request alike, when its body is there."""
    if scope["type"] != "http":
        raise NotImplementedError("no lifespan")  # how an application tells hypercorn so
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})


def cut(body: bytes) -> list[bytes]:
    """What is behind each length of one octet."""
    vectors, place = [], 0
    while place < len(body):
        start = place + 1
        place = start + body[place]
        vectors.append(body[start:place])
    return vectors


class Follower:
    """What nobody can leave out who gets a message."""

    def __init__(self) -> None:
        self.notes: list[dict[str, Any]] = []
        self._key = Ed25519PrivateKey.generate()
        self._public = self._key.public_key()
        self._store = sqlite3.connect(":memory:", isolation_level=None)
        self._store.execute("CREATE TABLE messages (id INTEGER PRIMARY KEY, content BLOB NOT NULL) STRICT")
        self._store.execute(
            "CREATE TABLE queue (client TEXT, message INTEGER, PRIMARY KEY (client, message)) STRICT, WITHOUT ROWID"
        )

    def take(self, number: int) -> float:
        """The seconds that a message takes. Each is another one, and signed before."""
        body = b"".join(bytes([size]) + number.to_bytes(size + 8, "big")[8:] for size in VECTORS)
        signature = self._key.sign(body)
        began = perf_counter()
        vectors = cut(body)
        digests = hashlib.sha256(body).digest(), hashlib.sha256(vectors[-1]).digest()
        self._public.verify(signature, body)
        store = self._store
        store.execute("BEGIN IMMEDIATE")
        store.execute("SELECT max(message) FROM queue WHERE client = ?", ("client",)).fetchone()
        store.execute("INSERT INTO messages VALUES (?, ?)", (number, body))
        store.execute("INSERT INTO queue VALUES (?, ?)", ("client", number))
        store.execute("COMMIT")
        self.notes.append({"number": number, "body": body, "vectors": vectors, "digests": digests, "since": began})
        return perf_counter() - began


async def more() -> float:
    """Milliseconds that it takes between two requests, as anything else does that is done for one."""
    authority, follower, took = trustme.CA(), Follower(), []
    context = ssl.create_default_context(cadata=authority.cert_pem.bytes().decode())
    with tempfile.NamedTemporaryFile(suffix=".pem") as pem:
        pem.write(authority.issue_cert("localhost").private_key_and_cert_chain_pem.bytes())
        pem.flush()
        config = Config()
        config.bind, config.errorlog = ["localhost:0"], None
        config.certfile = config.keyfile = pem.name
        async with trio.open_nursery() as nursery:
            binds: list[str] = await nursery.start(partial(serve, app, config, mode="asgi"))
            url = f"https://localhost:{binds[0].rpartition(':')[2]}/"
            async with httpx.AsyncClient(verify=context, trust_env=False) as client:
                for number in range(REQUESTS):
                    (await client.post(url, content=REQUEST)).raise_for_status()
                    took.append(follower.take(number))
            nursery.cancel_scope.cancel()
    return median(took[WARM:]) * 1000


def bare() -> float:
    """Milliseconds of a bare request of ours: what the goal is a part of."""
    said = subprocess.run(BARE, capture_output=True, check=True, text=True).stdout
    return float(json.loads(said)["rows"][0]["ours"])


def main() -> None:
    """Print it."""
    rounds = [(trio.run(more), bare()) for _ in range(ROUNDS)]
    extra, request = (median(side) for side in zip(*rounds, strict=True))
    print(
        f"{extra:.3f} ms more than a bare request, which takes {request:.3f} ms: at most"
        f" x{request / (request + extra):.2f}, goal {GOAL}; that leaves {request * (1 / GOAL - 1):.3f} ms for all"
    )


if __name__ == "__main__":
    main()
