"""Opening the environments that cases need: a federation with its stores in files, and the scene set."""

import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from pathlib import Path
from typing import Protocol

from simulator.federation import ProviderSpec, Topology, open_session
from tests.fuzz.environment import (
    KEY_PACKAGES,
    MAX_BODY,
    NOW,
    PROVIDERS,
    ROOMS,
    TRANSPORT,
    Environment,
    Kind,
    Tape,
)
from tests.fuzz.room_setting import RoomSetting
from tests.fuzz.transport_setting import TransportSetting


class Setting(Protocol):
    """Sets the scene in an environment."""

    async def build(self) -> None:
        """Everything; the environment is at rest afterwards."""
        ...


SETTINGS: dict[str, Callable[[Environment], Setting]] = {TRANSPORT: TransportSetting, ROOMS: RoomSetting}
"""Who sets the scene, by draft."""


@asynccontextmanager
async def open_world(kind: Kind) -> AsyncIterator[Environment]:
    """An environment with all its seeds."""
    shared = Path("/dev/shm")
    async with AsyncExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="fuzz-", dir=shared if shared.is_dir() else None))
        )
        files = {name: folder / f"{name}.db" for name in PROVIDERS}
        tape = Tape()
        session = await stack.enter_async_context(open_session(_topology(kind, files), seed=1, now=NOW, recorder=tape))
        watchers = {name: stack.enter_context(closing(sqlite3.connect(path))) for name, path in files.items()}
        environment = Environment(kind, session, files, watchers=watchers)
        await SETTINGS[kind.draft](environment).build()
        tape.running = False
        yield environment


def _topology(kind: Kind, files: dict[str, Path]) -> Topology:
    users = (
        {"alice": ("phone", "laptop", "tablet"), "amy": ("phone",)},
        {"bob": ("phone", "laptop", "tablet")},
        {"carol": ("phone",)},
    )
    providers = tuple(
        ProviderSpec(name, devices, service_host=f"ds.{name}", max_body=MAX_BODY, database=str(files[name]))
        for name, devices in zip(PROVIDERS, users, strict=True)
    )
    return Topology(
        providers,
        draft=kind.draft,
        suite=kind.suite,
        http2=kind.http2,
        mutual_tls=kind.mutual_tls,
        key_packages=KEY_PACKAGES,
    )
