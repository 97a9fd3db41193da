"""Two providers with tokens between them: a.example pays at b.example, which issues and demands them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import trio

from simulator.drafts import DRAFTS
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.net import Handler, Server, listening_socket, serve
from simulator.privacy_pass.directory import Per
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings

NOW, HOUR = 1_700_000_000, 3600
LOOKUP = "connection_key_packages"
PROTECTED = TokenSettings(IssuerBudget(Per.provider, 8, HOUR), protects=frozenset({LOOKUP}), window=HOUR)
PAYS = TokenSettings(unnamed=True)
BOB, BEN = "mimi://b.example/u/bob", "mimi://b.example/u/ben"


def specs(asker: TokenSettings | None, origin: TokenSettings) -> tuple[ProviderSpec, ProviderSpec]:
    """a.example with alice and bert, b.example with bob and ben."""
    return (
        ProviderSpec("a.example", {"alice": ("phone",), "bert": ("phone",)}, tokens=asker),
        ProviderSpec("b.example", {"bob": ("phone",), "ben": ("phone",)}, tokens=origin),
    )


@asynccontextmanager
async def paying(
    asker: TokenSettings | None = PAYS,
    origin: TokenSettings = PROTECTED,
    *,
    mutual_tls: bool = False,
    draft: str = DRAFTS[0].name,
    **more: TokenSettings | None,
) -> AsyncIterator[Session]:
    """`more` are further providers, by the first letter of their names."""
    others = tuple(ProviderSpec(f"{name}.example", tokens=settings) for name, settings in more.items())
    async with open_session(
        Topology((*specs(asker, origin), *others), mutual_tls=mutual_tls, draft=draft), seed=1, now=NOW
    ) as session:
        yield session
        assert not session.faults


def asked(session: Session) -> list[tuple[str, int | None]]:
    """Endpoint and status of all that was asked so far."""
    return [(exchange.endpoint, exchange.status) for exchange in session.recorder.exchanges]


async def stand_in(session: Session, nursery: trio.Nursery, name: str, handler: Handler, at: str = "") -> None:
    """Let a server of the test's own stand at a provider's domain, or another name of it, with a good certificate."""
    context = session.authority.server_context(session.provider(name).identity)

    async def run(*, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket()], context, handler, name=name, report=lambda report: None, task_status=task_status
        )

    server: Server = await nursery.start(run)
    session.network.bind(at or name, server.addresses[0])
