"""Functions that tests give to engines: a worker imports them by their name."""

import os
import signal
import sys
from pathlib import Path
from threading import Lock

import trio

from simulator.drafts import registry
from simulator.errors import SimulatorError


def double(number: int) -> int:
    """A value."""
    return 2 * number


async def slow_double(number: int) -> int:
    """The same, under trio; later where the number is greater."""
    await trio.sleep(number / 100)
    return 2 * number


def refuse(words: str) -> None:
    """A sentence for people."""
    raise SimulatorError(words)


def break_down(words: str) -> None:
    """A bug."""
    raise KeyError(words)


def take_memory(size: int) -> int:
    """Hold so many bytes for a moment."""
    return len(b"x" * size)


def die_once(marker: str) -> str:
    """Kill whoever runs it, unless the file is there already: then say who it is that runs it."""
    path = Path(marker)
    if path.exists():
        return "alive"
    path.touch()
    os.kill(os.getpid(), signal.SIGKILL)
    return "unreachable"


def die(status: int) -> None:
    """End the process on the spot."""
    sys.stdout.flush()
    os._exit(status)


async def wait_and_tell(folder: str) -> None:
    """Wait for ever; when cancelled, leave a file that says so, and who it was."""
    (Path(folder) / f"began-{os.getpid()}").touch()
    try:
        await trio.sleep_forever()
    finally:
        (Path(folder) / f"ended-{os.getpid()}").touch()


def process_id(_: object) -> int:
    """Who runs it."""
    return os.getpid()


def unpicklable(_: object) -> object:
    """What can't leave its process."""
    return Lock()


def drafts(_: object) -> list[str]:
    """The names of the drafts that are known there."""
    return [each.name for each in registry.known()]


def variable(name: str) -> str | None:
    """Of the environment."""
    return os.environ.get(name)
