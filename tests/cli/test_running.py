"""Ctrl-C ends everything, in an orderly way."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.process import PASSING, SIMULATOR, environment


@pytest.fixture
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that has finished one scenario and will be busy with the next for a minute."""
    (folder / "good/two.yaml").write_text(PASSING + "  - update_client: {by: bob, group: team}\n" * 1_000)
    process = subprocess.Popen(
        [*SIMULATOR, "run", "good", "--json", "out.json"],
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_nothing_is_left(
    running: subprocess.Popen[str], folder: Path, number: signal.Signals
) -> None:
    running.send_signal(number)
    out, err = running.communicate(timeout=20)
    assert (running.returncode, out, err) == (130, "", "interrupted: 1 scenarios had ended\n")
    assert not (folder / "out.json").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)


def test_a_second_signal_does_not_wait(running: subprocess.Popen[str]) -> None:
    running.send_signal(signal.SIGINT)
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=20)
    assert running.returncode == 130
