"""What a running federation leaves in its working folder, so that other programs find it."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from simulator.errors import SimulatorError
from simulator.trace.saving import replace_file

FEDERATION = "federation.json"
CA = "federation-ca.pem"
CLIENT = "federation-client.pem"
"""With mutual TLS: a certificate with its private key, for programs that have none."""
HEADER = "federation-token.txt"
"""The token of the control interface as a header, for curl."""


class Place:
    """The working folder, of one federation at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._written: list[Path] = []

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Keep the folder for the time of a `with` block; at its end everything written is gone.

        The folder is locked with the operating system, which lets go of it however the process ends: what a process
        that was killed has left is overwritten. Raises SimulatorError if another federation is up here, or
        federation.json is not one of ours.
        """
        try:
            descriptor = os.open(self.folder, os.O_RDONLY)
        except OSError as error:
            raise SimulatorError(f"{self.folder}: {error.strerror}") from error
        try:
            self._lock(descriptor)
            self._check_leftover()
            yield
        finally:
            for file in reversed(self._written):
                with suppress(OSError):
                    file.unlink()
            os.close(descriptor)

    def write(self, name: str, content: bytes, *, secret: bool = False) -> Path:
        """Write a file so that it is there as a whole or not at all; where it is. Raises SimulatorError."""
        file = self.folder / name
        try:
            replace_file(file, [content], private=secret)
        except OSError as error:
            raise SimulatorError(f"{file} can't be written: {error.strerror}") from error
        self._written.append(file)
        return file

    def announce(self, content: dict[str, Any]) -> None:
        """Write federation.json, which has a token in it. Raises SimulatorError."""
        self.write(FEDERATION, json.dumps(content, indent=2).encode() + b"\n", secret=True)

    def _lock(self, descriptor: int) -> None:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SimulatorError(
                f"another federation is up in {self.folder}: stop it, or start this one in another folder"
            ) from None

    def _check_leftover(self) -> None:
        file = self.folder / FEDERATION
        try:
            found = json.loads(file.read_bytes())
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            found = None
        if not isinstance(found, dict) or not set(found) >= {"ca", "providers", "control"}:
            raise SimulatorError(f"{file} is there already, and mimi-sim serve did not write it: move it away first")
