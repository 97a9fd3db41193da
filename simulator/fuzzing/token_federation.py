"""A federation in which one provider pays another with tokens of Privacy Pass, and an impostor that both may ask."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import field, replace
from hashlib import sha256
from pathlib import Path

import trio

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.requests.endpoint import HTTPEndpoint
from simulator.federation import ProviderSpec, Session, Topology, open_session
from simulator.fuzzing.environment import NOW, Environment, Tape
from simulator.fuzzing.kinds import Kind
from simulator.fuzzing.opening import store_files
from simulator.fuzzing.own_bug import present
from simulator.fuzzing.token_impostor import HOUR, IMPOSTOR, ITS_HOST, TokenImpostor
from simulator.net import Server, listening_socket, serve
from simulator.privacy_pass.authorization import read_authorization
from simulator.privacy_pass.directory import Per
from simulator.privacy_pass.token import Token
from simulator.services import provider_keys
from simulator.services.tokens.budgets import IssuerBudget
from simulator.services.tokens.settings import TokenSettings
from simulator.storage.snapshot import Snapshot
from simulator.trace import ProtocolEvent
from simulator.trace.recorder import E, Mark

ALICE = "mimi://a.example/u/alice"


def lookup_of(draft: Draft) -> HTTPEndpoint:
    """The endpoint at which a provider wants a token."""
    return draft.named(draft.words["lookup"].endpoint)


class OwnRows(Environment):
    """What providers have only learned of others is no state here: whoever is said to have signed is asked."""

    def look(self) -> dict[str, str]:
        """A hash of what each provider has of its own."""
        return {name: _hash(self.session.provider(name).own_rows()) for name in self.snapshots}


def _hash(rows: Mapping[str, frozenset[bytes]]) -> str:
    return sha256(repr([(table, sorted(rows[table])) for table in sorted(rows)]).encode()).hexdigest()


class Ears(Tape):
    """Keeps nothing but by which rules challenges were ignored, or why no token was had."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[str] = []

    def add(self, event: E, mark: Mark | None = None) -> E:
        """Note the event."""
        if isinstance(event, ProtocolEvent) and event.kind in ("ChallengeIgnored", "GaveUp"):
            self.heard.append(event.details.get("rule", event.kind))
        return super().add(event, mark)


@dataclass
class Materials:
    """Valid requests, taken from a run."""

    lookup: bytes
    other: bytes
    """Another lookup."""
    spent: Token
    """It paid for the lookup."""
    fresh: Token
    request: bytes
    """A token request that was answered."""
    headers: Mapping[str, str]
    seed: bytes = field(repr=False)
    """What a.example signs with."""


@dataclass
class Paying:
    """The federation, at rest, with what fell to hand in it."""

    environment: Environment
    ears: Ears
    materials: Materials
    impostor: TokenImpostor


@asynccontextmanager
async def open_paying(kind: Kind) -> AsyncIterator[Paying]:
    """A federation in which a.example pays at b.example."""
    async with AsyncExitStack() as stack:
        files = stack.enter_context(store_files(("a.example", "b.example")))
        ears = Ears()
        session = await stack.enter_async_context(open_session(_topology(kind, files), seed=1, now=NOW, recorder=ears))
        snapshots = {name: stack.enter_context(Snapshot(path)) for name, path in files.items()}
        environment = OwnRows(kind, session, snapshots)
        materials = await _materials(session)
        nursery = await stack.enter_async_context(trio.open_nursery())
        impostor = TokenImpostor(lookup_of(session.draft).path)
        await _serve(session, nursery, impostor)
        ears.running = False
        environment.remember()
        yield Paying(environment, ears, materials, impostor)
        nursery.cancel_scope.cancel()


def _topology(kind: Kind, files: Mapping[str, Path]) -> Topology:
    lookup = lookup_of(registry.named(kind.draft)).name
    issues = IssuerBudget(Per.user, 50, HOUR)
    origin = TokenSettings(issues, frozenset({lookup}), window=HOUR)
    specs = (
        ProviderSpec("a.example", {"alice": ("phone",), "bert": ("phone",)}, tokens=TokenSettings(unnamed=True)),
        ProviderSpec("b.example", {"bob": ("phone",), "ben": ("phone",)}, tokens=origin),
    )
    return Topology(
        tuple(replace(spec, database=str(files[spec.name])) for spec in specs), draft=kind.draft, key_packages=4
    )


async def _materials(session: Session) -> Materials:
    """From two lookups of alice, one for bob and one for ben, and a token that is left over."""
    for user in ("bob", "ben"):
        await session.client("alice.phone").request_connection(session.user(user).uri)
    await session.settle()
    exchanges, lookup = session.recorder.exchanges, lookup_of(session.draft).name
    first, second = (each for each in exchanges if each.endpoint == lookup and each.status == 200)
    asked = next(each for each in exchanges if each.endpoint == "token_request")
    a, store = session.provider("a"), session.provider("a").executor.store
    known = present(store.known_challenges.get("ds.b.example"), "two lookups were paid for")
    parts = present(a.tokens, "the topology says that it has some")
    await parts.fetcher.round(known, "b.example", ALICE)
    (fresh,) = [each.token for each in store.wallet.of("ds.b.example") if each.holder == ALICE]
    spent = read_authorization([dict(first.request_headers)["authorization"]])
    for client in session.clients:
        client.online = False
    await session.settle()
    session.provider("b").executor.do(provider_keys.own_key)  # where it is made when somebody first needs it
    seed = a.executor.do(provider_keys.own_key).private_key
    headers = dict(asked.request_headers)
    return Materials(first.request, second.request, spent, fresh, asked.request, headers, seed)


async def _serve(session: Session, nursery: trio.Nursery, impostor: TokenImpostor) -> None:
    context = session.authority.server_context(session.authority.identity(IMPOSTOR, ITS_HOST))

    async def run(*, task_status: trio.TaskStatus[Server]) -> None:
        await serve(
            [listening_socket()], context, impostor, name=IMPOSTOR, report=lambda report: None, task_status=task_status
        )

    server: Server = await nursery.start(run)
    for name in (IMPOSTOR, ITS_HOST):
        session.network.bind(name, server.addresses[0])
