"""What the machine may lack: said in a sentence, before the work, with exit code 2."""

import resource
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import SIMULATOR, environment


@pytest.mark.parametrize("options", ["--trace traces", "--record golden"])
def test_no_folder_for_temporary_files(folder: Path, options: str) -> None:
    done = subprocess.run(
        [*SIMULATOR, "run", "good/one.yaml", *options.split()],
        cwd=folder, env=environment(PYTHONDONTWRITEBYTECODE="1"), capture_output=True, text=True, timeout=60,
        check=False, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "there is no folder that takes temporary files, and this needs some: let TMPDIR name one\n"


GONE = "the working folder can't be used: No such file or directory\n"


@pytest.mark.parametrize(
    ("command", "code", "said"),
    [
        ("run {}/good/one.yaml --json out.json", 2, GONE),
        ("run {}/good/one.yaml --trace traces", 2, GONE),
        ("run {}/good/one.yaml --record golden", 2, GONE),
        ("serve {}/good/one.yaml", 2, GONE),
        ("trace diff {}/good {}/good --html page.html", 2, "there are no traces"),
        ("coverage {}/good -o out.md", 2, GONE),
        ("new new.yaml", 2, "new.yaml: No such file or directory\n"),
        ("list good", 2, "good: there is no such file or folder"),
        ("check {}/good", 0, ""),
    ],
)
def test_a_working_folder_that_is_gone(folder: Path, command: str, code: int, said: str) -> None:
    (folder / "gone").mkdir()
    words = command.replace("{}", str(folder)).split()
    done = subprocess.run(
        ["bash", "-c", 'cd gone && rmdir ../gone && exec "$@"', "bash", *SIMULATOR, *words],
        cwd=folder, env=environment(), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr[: len(said)]) == (code, said)
