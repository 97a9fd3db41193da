"""`mimi-sim serve` as a process of its own, ready when its last line has been printed."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.cli.process import SIMULATOR, environment

TOPOLOGY = """
topology:
  key_packages: 3
  providers:
    a.example: {users: {alice: [phone]}}
    b.example: {users: {bob: [phone]}}
"""
LAST = "# Ctrl-C or SIGTERM ends it.\n"


@dataclass(frozen=True)
class Served:
    """A federation that is up."""

    process: subprocess.Popen[str]
    folder: Path
    lines: list[str]
    """What it has printed."""
    federation: dict[str, Any]
    """federation.json"""

    def post(self, action: str, **fields: Any) -> tuple[int, Any]:
        """Status and JSON of an answer of the control interface."""
        answer = httpx.post(f"{self.federation['control']}/{action}", json=fields, trust_env=False, timeout=30)
        return answer.status_code, answer.json()


@contextmanager
def served(folder: Path, *options: str, topology: str = TOPOLOGY, program: list[str] = SIMULATOR) -> Iterator[Served]:
    """Start it in a folder, and end it."""
    file = folder / "topology.yaml"
    file.write_text(topology)
    process = subprocess.Popen(
        [*program, "serve", file.name, *options],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Served(process, folder, _until_ready(process), json.loads((folder / "federation.json").read_text()))
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


def _until_ready(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    assert process.stderr is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if line == LAST:
            return lines
    raise AssertionError(process.stderr.read())
