"""Output that nobody reads any more is no reason to stop."""

import subprocess
from pathlib import Path

from tests.cli.process import SIMULATOR, environment


def test_a_reader_that_goes_away_does_not_change_the_result(folder: Path) -> None:
    process = subprocess.Popen(
        [*SIMULATOR, "run", "good", "failing.yaml", "--json", "out.json"],
        cwd=folder,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.stderr.read() == ""
    process.stderr.close()
    assert process.wait(timeout=60) == 1
    assert (folder / "out.json").exists()
