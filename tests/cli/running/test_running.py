"""Ctrl-C ends everything, in an orderly way."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import PASSING, SIMULATOR, environment


def begun(folder: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A run that has finished one scenario and will be busy with the next for a minute."""
    (folder / "good/two.yaml").write_text(PASSING + "  - update_client: {by: bob, group: team}\n" * 1_000)
    process = subprocess.Popen(
        [*SIMULATOR, "run", "good", "--json", "out.json", *options],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("passed  good/one")
    yield process
    if process.poll() is None:
        process.kill()
    process.communicate()


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    yield from begun(folder)


@pytest.fixture
def running_side_by_side(folder: Path) -> Iterator[subprocess.Popen[str]]:
    (folder / "good/three.yaml").write_text(PASSING + "  - update_client: {by: bob, group: team}\n" * 1_000)
    yield from begun(folder, "-j", "2")


def workers_of(pid: int) -> list[int]:
    """The processes that a process has started, or has had forked, but for the one that frees what `multiprocessing`
    leaves behind.
    """
    found: list[int] = []
    for child in children_of(pid):
        command = Path(f"/proc/{child}/cmdline").read_bytes()
        if b"resource_tracker" not in command:
            found += children_of(child) if b"forkserver" in command else [child]
    return found


def children_of(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for thread in threads for child in (thread / "children").read_text().split()]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_is_left(
    running: subprocess.Popen[str], folder: Path, number: signal.Signals
) -> None:
    running.send_signal(number)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (130, "", "interrupted: 1 scenario had ended\n")
    assert not (folder / "out.json").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_second_signal_does_not_wait(running: subprocess.Popen[str]) -> None:
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert running.returncode == 130


def test_workers_end_with_it(running_side_by_side: subprocess.Popen[str], folder: Path) -> None:
    workers = workers_of(running_side_by_side.pid)
    assert len(workers) == 2
    os.killpg(running_side_by_side.pid, signal.SIGINT)  # as a terminal does
    out, err = running_side_by_side.communicate(timeout=20)
    assert (running_side_by_side.returncode, out, err) == (130, "", "interrupted: 1 scenario had ended\n")
    assert not any(Path(f"/proc/{worker}").exists() for worker in workers)
    assert not (folder / "out.json").exists()
