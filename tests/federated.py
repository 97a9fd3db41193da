"""Federations for tests: real providers, real HTTPS, on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import Outgoing
from simulator.federation import ProviderSpec, Session, Topology, open_session

NOW = 1_700_000_000


def ask_key(draft: Draft, sender: str, recipient: str) -> Outgoing:
    """The question of a provider for the key of another, in a draft in which they have keys."""
    assert draft.provider_keys is not None
    return draft.provider_keys.write(sender, recipient)


def topology(**changes: Any) -> Topology:
    """Three providers; alice, bob and carol have a phone each at a.example, b.example and c.example.

    With `laptop` alice has one of those, too.
    """
    devices = ("phone", "laptop") if changes.pop("laptop", False) else ("phone",)
    providers = (
        ProviderSpec("a.example", {"alice": devices}, max_body=changes.pop("max_body", None)),
        ProviderSpec("b.example", {"bob": ("phone",)}, rate_limits=changes.pop("rate_limits", {})),
        ProviderSpec("c.example", {"carol": ("phone",)}),
    )
    return Topology(providers, **{"key_packages": 3, **changes})


@asynccontextmanager
async def federation(*, seed: int = 1, **changes: Any) -> AsyncIterator[Session]:
    """A running federation; at its end it must not have had a fault of its own."""
    async with open_session(topology(**changes), seed=seed, now=NOW) as session:
        yield session
        assert session.faults == ()


async def connected(session: Session, *pairs: tuple[str, str]) -> None:
    """Let the first user of each pair ask, and all clients of the second accept."""
    for asking, accepting in pairs:
        await session.client(asking).request_connection(session.user(accepting).uri)
        await session.settle()
        for client in session.user(accepting).clients:
            await client.accept_connection(session.client(asking).user)
        await session.settle()
