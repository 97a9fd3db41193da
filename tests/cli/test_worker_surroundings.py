"""Workers give the same results as one process does, whatever surrounds Python and whatever lies in the folder."""

import os
import re
import sys
from pathlib import Path

import pytest

from tests.cli.process import PASSING, ROOT, SIMULATOR, Ended, as_process

PRINTS = "print('hello'); import os; os.write(1, b'again\\n')"
A_CHILD = "import subprocess; subprocess.Popen(['sleep', '4'], close_fds=False, stdin=-3, stdout=-3, stderr=-3)"
FRAME = "import os\ntry:\n    os.write(3, b'\\\\0' * 64)\nexcept OSError:\n    pass"


@pytest.fixture
def two(tmp_path: Path) -> Path:
    folder = tmp_path / "two"
    folder.mkdir()
    for name in ("one", "other"):
        (folder / f"{name}.yaml").write_text(PASSING)
    return folder


def verdicts(ended: Ended) -> list[tuple[str, str]]:
    return re.findall(r"^(passed|FAILED|FAULT)\s+(\S+)", ended.out, re.MULTILINE)


def run(folder: Path, workers: int, *program: str, **more: str) -> Ended:
    return as_process("run", ".", "-j", str(workers), cwd=folder, program=list(program or SIMULATOR), **more)


@pytest.mark.parametrize("start", [PRINTS, A_CHILD, FRAME], ids=["prints", "a child", "a frame"])
def test_what_runs_when_python_starts(two: Path, tmp_path: Path, start: str) -> None:
    """A sitecustomize: coverage hooks, .pth files and C libraries do the same."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(start)
    path = os.pathsep.join((os.fspath(site), os.fspath(ROOT)))
    ended = run(two, 2, PYTHONPATH=path)
    assert (ended.code, verdicts(ended)) == (0, verdicts(run(two, 1, PYTHONPATH=path)))
    assert len(verdicts(ended)) == 2


STANDARD = ("signal", "enum", "typing", "pickle", "socket", "trio", "traceback", "dataclasses", "random", "json")


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_of_the_working_folder_is_imported(two: Path, workers: int) -> None:
    for name in STANDARD:
        (two / f"{name}.py").write_text("import os\nos.write(2, b'imported')\nos._exit(77)\n")
    ended = run(two, workers)
    assert "imported" not in ended.err
    assert (ended.code, len(verdicts(ended))) == (0, 2)


def test_a_worker_that_can_not_start_is_a_fault_and_nothing_hangs(two: Path, tmp_path: Path) -> None:
    """Python starts once, and then never again."""
    site = tmp_path / "site"
    site.mkdir()
    again = "import os, sys\nif os.environ.get('STARTED'):\n    os._exit(9)\nos.environ['STARTED'] = 'yes'\n"
    (site / "sitecustomize.py").write_text(again)
    ended = run(two, 2, PYTHONPATH=os.pathsep.join((os.fspath(site), os.fspath(ROOT))))
    assert (ended.code, [word for word, _ in verdicts(ended)]) == (3, ["FAULT", "FAULT"])
    assert ended.out.count("the process that ran it could not be started: Python does not start again here") == 2


def test_switches_of_the_interpreter_are_those_of_this_one(two: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text("import sys\nsys.stderr.write(f'<{sys.flags.optimize}>')\n")
    path = os.pathsep.join((os.fspath(site), os.fspath(ROOT)))
    ended = run(two, 2, sys.executable, "-O", "-m", "simulator", PYTHONPATH=path)
    assert ended.code == 0
    assert set(re.findall("<.>", ended.err)) == {"<1>"}
