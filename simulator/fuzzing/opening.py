"""Opening the environments that cases need: a federation with its stores in files, and the scene set."""

import tempfile
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path

from simulator.drafts import registry
from simulator.drafts.features import DraftFeature
from simulator.federation import ProviderSpec, Topology, open_session
from simulator.fuzzing.environment import KEY_PACKAGES, MAX_BODY, NOW, PROVIDERS, Environment, Tape
from simulator.fuzzing.kinds import Kind
from simulator.fuzzing.scene import Scene
from simulator.storage.snapshot import Snapshot

_IN_MEMORY = Path("/dev/shm")  # noqa: S108 (folders in it are made by tempfile)

USERS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "a.example": {"alice": ("phone", "laptop", "tablet"), "amy": ("phone",)},
    "b.example": {"bob": ("phone", "laptop", "tablet")},
    "c.example": {"carol": ("phone",)},
}
"""Of each provider, with their clients."""


@contextmanager
def store_files(names: tuple[str, ...]) -> Iterator[dict[str, Path]]:
    """A file for the store of each of these providers, in memory where the system has such a folder."""
    where = _IN_MEMORY if _IN_MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="mimi-sim-fuzz-", dir=where) as folder:
        yield {name: Path(folder) / f"{name}.db" for name in names}


@asynccontextmanager
async def open_environment(kind: Kind) -> AsyncIterator[Environment]:
    """An environment with all its seeds."""
    async with AsyncExitStack() as stack:
        files = stack.enter_context(store_files(PROVIDERS))
        tape = Tape()
        session = await stack.enter_async_context(open_session(_topology(kind, files), seed=1, now=NOW, recorder=tape))
        snapshots = {name: stack.enter_context(Snapshot(path)) for name, path in files.items()}
        environment = Environment(kind, session, snapshots)
        await Scene(environment).build()
        tape.running = False
        yield environment


def _topology(kind: Kind, files: Mapping[str, Path]) -> Topology:
    own_hosts = DraftFeature.service_hosts not in registry.named(kind.draft).lacks
    providers = tuple(
        ProviderSpec(
            name,
            USERS[name],
            max_body=MAX_BODY,
            database=str(files[name]),
            service_host=f"ds.{name}" if own_hosts else None,
        )
        for name in PROVIDERS
    )
    return Topology(
        providers,
        draft=kind.draft,
        suite=kind.suite,
        http2=kind.http2,
        mutual_tls=kind.mutual_tls,
        key_packages=KEY_PACKAGES,
    )
