"""Cloudflare's privacypass-ts, an implementation of Privacy Pass by others, in programs of node that stand in `node/`.

    python -m tests.interop.privacypass_ts

installs it from the npm registry, as the lock file there says, and runs the tests with it. Where there is no node, or
the registry can't be reached, nothing is run, and the reason is printed.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import trio

NODE = Path(__file__).parent / "node"
LIBRARY = NODE / "node_modules" / "@cloudflare" / "privacypass-ts"
OLDEST = 20
"""The version of node that the library needs."""
PATIENCE = 60
"""Seconds for a program of node; it takes one."""
TESTS = Path(__file__).parent / "test_privacypass_ts.py"


def why_missing() -> str | None:
    """Why nothing can be run with it now."""
    if (reason := _why_no_node()) is not None:
        return reason
    return None if LIBRARY.is_dir() else "privacypass-ts is not installed: make privacypass-ts"


def _why_no_node() -> str | None:
    if shutil.which("node") is None:
        return "there is no node on this machine"
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    number = version.removeprefix("v").partition(".")[0]
    return None if number.isdecimal() and int(number) >= OLDEST else f"node {OLDEST} or newer is needed, not {version}"


async def run(program: str, plan: dict[str, Any]) -> Any:
    """What a program in `node/` prints for its plan."""
    with trio.fail_after(PATIENCE):
        done = await trio.run_process(
            ["node", program], stdin=json.dumps(plan).encode(), capture_stdout=True, capture_stderr=True, cwd=NODE
        )
    return json.loads(done.stdout)


class Gateway:
    """`gateway.mjs` while it runs."""

    def __init__(self, process: trio.Process, port: int) -> None:
        self.port = port
        self._process = process

    async def end(self) -> Any:
        """Let it end; what it has done."""
        assert self._process.stdin is not None
        await self._process.stdin.aclose()
        return json.loads(await _line(self._process))


@asynccontextmanager
async def gateway(plan: dict[str, Any]) -> AsyncIterator[Gateway]:
    """`gateway.mjs` with this plan; what it has not caught is printed."""
    command = ["node", "gateway.mjs"]
    process = await trio.lowlevel.open_process(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=NODE)
    try:
        with trio.fail_after(PATIENCE):
            assert process.stdin is not None
            await process.stdin.send_all(json.dumps(plan).encode() + b"\n")
            port = int(await _line(process))
            yield Gateway(process, port)
            await process.wait()
    finally:
        process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()


async def _line(process: trio.Process) -> bytes:
    assert process.stdout is not None
    read = b""
    while not read.endswith(b"\n"):
        part = await process.stdout.receive_some()
        assert part, "the program has ended"
        read += part
    return read


def main() -> int:
    """Install it and run the tests; 0 also where that can't be done."""
    reason = _why_no_node() or ("there is no npm on this machine" if shutil.which("npm") is None else None)
    if reason is None:
        install = ["npm", "ci", "--no-audit", "--no-fund", "--loglevel=error"]
        installed = subprocess.run(install, cwd=NODE, capture_output=True, text=True, check=False)
        if installed.returncode:
            reason = "npm could not install it: " + installed.stderr.strip().partition("\n")[0]
    if reason is not None:
        print(f"privacypass-ts: skipped: {reason}")
        return 0
    return int(pytest.main(["-q", "-n", "0", str(TESTS)]))


if __name__ == "__main__":
    sys.exit(main())
