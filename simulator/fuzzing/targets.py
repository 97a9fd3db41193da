"""All targets: how much each gets of a campaign, where it lives, and how it is opened."""

from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path

from simulator.dataclass import dataclass
from simulator.drafts import registry
from simulator.drafts.draft import Draft
from simulator.drafts.features import DraftFeature
from simulator.drafts.fuzzing import fuzzing_of
from simulator.errors import Misuse, hint
from simulator.fuzzing.answers import Answers
from simulator.fuzzing.bodies import open_bodies
from simulator.fuzzing.decoding import Decoding
from simulator.fuzzing.environment import Environment
from simulator.fuzzing.external.opening import open_around
from simulator.fuzzing.external.requests import ExternalRequests
from simulator.fuzzing.external.server import ExternalServer, server_of
from simulator.fuzzing.external.wires import ExternalWires, host_of, versions_of
from simulator.fuzzing.groups import Groups
from simulator.fuzzing.impostors import Impostors
from simulator.fuzzing.joins import Joins
from simulator.fuzzing.kinds import Kind, kind_named, kinds_of
from simulator.fuzzing.opening import open_environment
from simulator.fuzzing.requests import Requests
from simulator.fuzzing.token_federation import open_paying
from simulator.fuzzing.tokens import Tokens
from simulator.fuzzing.wires import Wires
from simulator.mutation.cases import Target

ALONE = "none"
"""Where a target lives that needs no environment, as tables have it."""
OWN_SHARE, OWN_BATCH = 0.5, 2000
"""Of a draft's own targets."""

Open = Callable[[Kind], AbstractAsyncContextManager[Target]]
OpenAround = Callable[[ExternalServer], AbstractAsyncContextManager[Target]]


@dataclass(frozen=True, slots=True)
class Row:
    """One target."""

    share: float
    """How many cases it gets for one over HTTPS."""
    batch: int
    """How many cases are a run: so many as take some ten seconds."""
    open: Open
    kinds: Callable[[Draft], Iterable[Kind]] | None = None
    """The environments for a draft; None for a target that needs none."""
    around: OpenAround | None = None
    """The same of somebody else's server, where that can be."""
    only_ours: str = ""
    """Why it can't, as an end of a sentence."""


@asynccontextmanager
async def _living(make: Callable[[Environment], Target], kind: Kind) -> AsyncIterator[Target]:
    async with open_environment(kind) as environment:
        yield make(environment)


@asynccontextmanager
async def _requests_around(server: ExternalServer) -> AsyncIterator[Target]:
    async with open_around(server) as (environment, _):
        yield ExternalRequests(environment, server.name)


@asynccontextmanager
async def _wires_around(server: ExternalServer) -> AsyncIterator[Target]:
    async with open_around(server) as (environment, scene):
        yield ExternalWires(environment, scene, await versions_of(environment.session, host_of(scene)))


@asynccontextmanager
async def _tokens(kind: Kind) -> AsyncIterator[Target]:
    async with open_paying(kind) as paying:
        yield Tokens(paying)


@asynccontextmanager
async def _bodies(_: Kind) -> AsyncIterator[Target]:
    async with open_bodies() as bodies:
        yield bodies


@asynccontextmanager
async def _alone(make: Callable[[], Target], _: Kind) -> AsyncIterator[Target]:
    yield make()


@asynccontextmanager
async def _own(name: str, kind: Kind) -> AsyncIterator[Target]:
    yield fuzzing_of(registry.named(kind.draft)).targets[name]()


def _by_http(draft: Draft) -> Iterable[Kind]:
    """One for each HTTP version."""
    return kinds_of(draft)[:2]


def _by_suite(draft: Draft) -> Iterable[Kind]:
    """One for each cipher suite."""
    return kinds_of(draft)[::2]


def _offering(draft: Draft) -> Iterable[Kind]:
    return _by_suite(draft) if fuzzing_of(draft).offer is not None else ()


def _paying(draft: Draft) -> Iterable[Kind]:
    """Where connecting takes a lookup, which can be made to cost a token."""
    return kinds_of(draft)[:1] if draft.lacking([DraftFeature.key_packages_for_connections]) is None else ()


def _having(name: str, draft: Draft) -> Iterable[Kind]:
    return kinds_of(draft)[:1] if name in fuzzing_of(draft).targets else ()


TARGETS: Mapping[str, Row] = {
    "requests": Row(1.0, 2000, partial(_living, Requests), kinds_of, _requests_around),
    "wires": Row(0.05, 100, partial(_living, Wires), _by_suite, _wires_around),
    "impostors": Row(
        0.05, 100, partial(_living, Impostors), _by_http, only_ours="it answers what a provider of ours asks"
    ),
    "bodies": Row(0.01, 50, _bodies, only_ours="it looks at what a server of ours has in memory"),
    "tokens": Row(0.2, 2000, _tokens, _paying, only_ours="it looks into the stores of an issuer and an origin"),
    "answers": Row(
        0.5, 5000, partial(_living, Answers), _by_suite, only_ours="it alters answers where our own code reads them"
    ),
    "joins": Row(
        0.2, 2000, partial(_living, Joins), _offering, only_ours="it alters what a hub of ours offers to our clients"
    ),
    "decoding": Row(1.0, 10_000, partial(_alone, Decoding), only_ours="it is our own code that decodes"),
    "groups": Row(0.2, 5000, partial(_alone, Groups), only_ours="the groups and their members are our own code"),
}
"""Those of every draft."""


def row(target: str) -> Row:
    """What a target of any draft is. Raises Misuse where there is none of that name."""
    if target in TARGETS:
        return TARGETS[target]
    names = (*TARGETS, *own_targets(registry.known()))
    if target not in names:
        raise Misuse(f'there is no target "{target}"{hint(target, names) or "; known: " + ", ".join(names)}')
    of_ours = "it is code of the draft's that is fuzzed"
    return Row(OWN_SHARE, OWN_BATCH, partial(_own, target), partial(_having, target), only_ours=of_ours)


def own_targets(drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Those that drafts have of their own."""
    return tuple(dict.fromkeys(name for draft in drafts for name in fuzzing_of(draft).targets))


def environments(target: str, drafts: Iterable[Draft]) -> tuple[str, ...]:
    """Where a target lives, by name; ALONE for one that needs no environment. Raises Misuse."""
    kinds = row(target).kinds
    return (ALONE,) if kinds is None else tuple(str(kind) for draft in drafts for kind in kinds(draft))


def possible_around() -> tuple[str, ...]:
    """The targets that somebody else's server can be."""
    return tuple(name for name, each in TARGETS.items() if each.around is not None)


def around(target: str) -> OpenAround:
    """How a target is opened around somebody else's server. Raises Misuse where that can't be."""
    found = row(target)
    if found.around is None:
        possible = " and ".join(possible_around())
        raise Misuse(f"{target} can't be sent to a server that is not ours: {found.only_ours}; possible: {possible}")
    return found.around


def open_target(target: str, environment: str | None, over: Path | None = None) -> AbstractAsyncContextManager[Target]:
    """A target, in a fresh environment if it lives in one; with `over`, at the server in this file. Raises Misuse, and
    SimulatorError for the file; opening it raises Gone where the server is not there.
    """
    if over is not None:
        return around(target)(server_of(environment or "", over))
    if environment is None:
        return row(target).open(Kind(registry.names()[0]))
    return row(target).open(kind_named(environment))
