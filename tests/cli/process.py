"""The command line: within this process, which is quick, and as a process of its own."""

import io
import os
import pty
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from simulator.cli.main import main
from tests.scenario.small_scenarios import TEAM, TOPOLOGY

ROOT = Path(__file__).parents[2]
SIMULATOR = [sys.executable, "-m", "simulator"]
STEERING = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "TERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE")
"""What would steer colours or width."""

PASSING = TOPOLOGY.lstrip() + TEAM
FAILING = PASSING + "  - send: {by: bob, group: team}\n    expect: {error: wrong_epoch}\n"
BAD = PASSING.replace("add_users", "ad_users")


def write_scenarios(folder: Path) -> Path:
    """Let a folder have scenarios of each sort."""
    for name, text in (("good/one", PASSING), ("good/two", PASSING), ("failing", FAILING), ("bad/step", BAD)):
        file = folder / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    return folder


FAULTY = """
from simulator.scenario.step import Step
from simulator.scenario.steps import STEPS
from simulator.__main__ import main

class Broken(Step, frozen=True, tag="broken"):
    async def run(self, context):
        raise ZeroDivisionError("a bug")

STEPS["broken"] = Broken
main()
"""
"""The command line of a simulator that has a bug in one of its steps."""


@dataclass(frozen=True)
class Ended:
    """How a run of the command line ended."""

    code: int
    out: str
    err: str


def mimi_sim(*arguments: str, cwd: Path, **more: str) -> Ended:
    """Run it to its end in this process, with its output piped: the same as `as_process`, without its imports."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr(sys, "argv", ["mimi-sim", *arguments])
        for name in STEERING:
            patch.delenv(name, raising=False)
        for name, value in more.items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as ended:
            main()
    assert isinstance(ended.value.code, int)
    return Ended(ended.value.code, *(stream.buffer.getvalue().decode() for stream in (out, err)))


def environment(**more: str) -> dict[str, str]:
    """This process's environment, without what would steer colours or width."""
    kept = {name: value for name, value in os.environ.items() if name not in STEERING}
    return {**kept, "PYTHONPATH": str(ROOT), **more}


def as_process(*arguments: str, cwd: Path, program: list[str] = SIMULATOR, **more: str) -> Ended:
    """Run it to its end, with its output piped."""
    done = subprocess.run(
        [*program, *arguments],
        cwd=cwd,
        env=environment(**more),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def on_a_terminal(*arguments: str, cwd: Path, **more: str) -> Ended:
    """Run it to its end, with a terminal of 120 columns as its output."""
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        process = subprocess.Popen(
            [*SIMULATOR, *arguments],
            cwd=cwd,
            env=environment(**{"TERM": "xterm-256color", "COLUMNS": "120", **more}),
            stdout=theirs,
            stderr=subprocess.PIPE,
        )
        os.close(theirs)
        shown = bytearray()
        while chunk := _read(terminal.fileno()):
            shown += chunk
        _, errors = process.communicate(timeout=60)
    return Ended(process.returncode, shown.decode(), errors.decode())


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says where other systems say end of file
        return b""
