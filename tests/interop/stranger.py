"""Somebody else's provider, as a process of its own: an honest one, or one that leaves a rule out.

    python -m tests.interop.stranger FOLDER PROVIDER FAULT USERS MUTUAL_TLS PROVIDER=PORT...

Its authority is in FOLDER. It serves at its own PORT until its input ends; the other ports are where the others are.
It writes one line when it is up. FAULT is a key of FAULTS, USERS their names with commas between,
MUTUAL_TLS yes or no.
"""

import ssl
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

import trio

from simulator.drafts import DRAFTS
from simulator.drafts.draft import Answer, Draft, Endpoint, Incoming, Reply
from simulator.federation import External, ProviderSpec, Topology, open_session
from simulator.net import Authority


def _each(draft: Draft, change: Callable[[Incoming], Incoming]) -> Draft:
    """A draft whose requests are not what they say."""

    def changed(row: Endpoint) -> Endpoint:
        return replace(row, open=lambda body: change(row.open(body)))

    return replace(draft, endpoints=tuple(changed(row) for row in draft.endpoints))


def _redirecting(draft: Draft) -> Draft:
    def change(incoming: Incoming) -> Incoming:
        if incoming.envelope.operation != draft.discovery.open(b"").envelope.operation:
            return incoming
        reply = Reply(302, (("location", "https://ds.elsewhere.example/"),), b"")
        return replace(incoming, perform=lambda site: Answer(reply))

    return _each(draft, change)


FAULTS: dict[str, Callable[[Draft], Draft]] = {
    "honest": lambda draft: draft,
    "no recipient check": lambda draft: _each(
        draft, lambda incoming: replace(incoming, envelope=replace(incoming.envelope, recipient=None))
    ),
    "no signature check": lambda draft: _each(draft, lambda incoming: replace(incoming, signature=None)),
    "redirects": _redirecting,
    "old TLS": lambda draft: draft,
}


class OldTLS(Authority):
    """Takes TLS 1.2."""

    def server_context(self, *args: object, **options: object) -> ssl.SSLContext:
        """As the good one, but for the version."""
        context = super().server_context(*args, **options)  # type: ignore[arg-type]
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context


async def main(
    folder: Path, provider: str, fault: str, names: list[str], mutual_tls: bool, ports: dict[str, int]
) -> None:
    """Serve until the input ends."""
    ca = folder / "ca.pem"
    users = {name: ("phone", "laptop") for name in names if name}
    own = ProviderSpec(provider, users, port=ports.pop(provider))
    others = [ProviderSpec(name, external=External("127.0.0.1", port, ca)) for name, port in ports.items()]
    topology = Topology((own, *others), authority=folder, key_packages=40, mutual_tls=mutual_tls)
    with patch("simulator.federation.federation.DRAFTS", (FAULTS[fault](DRAFTS[0]),)):
        if fault == "old TLS":
            patch("simulator.net.kept_authority.Authority", OldTLS).start()
        async with open_session(topology, seed=99, now=int(time.time())) as session:
            print("up", flush=True)
            while await trio.to_thread.run_sync(sys.stdin.read, 1):
                pass
            if session.faults:
                raise session.faults[0]


if __name__ == "__main__":
    where, who, how, users, both, *places = sys.argv[1:]
    ports = {name: int(port) for name, port in (each.split("=") for each in places)}
    trio.run(main, Path(where), who, how, users.split(","), both == "yes", ports)
