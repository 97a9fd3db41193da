"""Standard streams that are closed, full, gone or of another encoding, for every command that uses them."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.process import SIMULATOR, Ended, as_process, environment, write_scenarios

FULL = "standard output can't be written: No space left on device\n"
CLOSED = "standard output can't be written: it is closed\n"

ANSWERS = {
    "list good/one.yaml --json": 0,
    "show good/one.yaml --mermaid": 0,
    "decode VerificationKeyRequest 0001 --json": 1,
    "trace export traces --to jsonl -o -": 0,
    "--help": 0,
}
"""Commands that do nothing but print, with their exit codes."""

WORK = {
    "run good/one.yaml -j 2": 0,
    "run failing.yaml --json - --junit out": 1,
    "run good/one.yaml --tap -": 0,
    "check bad": 2,
    "coverage good": 1,
    "trace diff traces traces": 0,
}
"""Commands whose work is done when they print."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with scenarios and traces."""
    folder = write_scenarios(tmp_path_factory.mktemp("recorded"))
    assert as_process("run", "good/one.yaml", "--trace", "traces", cwd=folder).code == 0
    return folder


def ended(command: str, redirections: str, folder: Path, **more: str) -> Ended:
    """Run a command as a shell does it; what it wrote and where nothing else was said."""
    done = subprocess.run(
        ["bash", "-c", f'exec "$@" {redirections}', "bash", *SIMULATOR, *command.split()],
        cwd=folder, env=environment(**more), stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    (folder / "out").unlink(missing_ok=True)
    return Ended(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.mark.parametrize("command", ANSWERS)
def test_an_answer_that_can_not_be_written_is_an_error(recorded: Path, command: str) -> None:
    full = ended(command, "> /dev/full", recorded)
    assert (full.code, full.err) == (2, FULL)
    closed = ended(command, ">&-", recorded)
    assert (closed.code, closed.err) == (2, CLOSED)


@pytest.mark.parametrize("command", WORK)
def test_work_that_is_done_is_done(recorded: Path, command: str) -> None:
    full = ended(command, "> /dev/full", recorded)
    assert full.code == WORK[command]
    assert full.err.count(FULL) == (command != "check bad")
    assert "Traceback" not in full.err
    assert "itself failed" not in full.err


@pytest.mark.parametrize("command", WORK)
def test_no_standard_output_at_all(recorded: Path, command: str) -> None:
    closed = ended(command, ">&-", recorded)
    if " - " in f"{command} ":
        option = "--json" if "--json" in command else "--tap"
        assert (closed.code, closed.err) == (2, f"{option} -: standard output is closed\n"), "before the work"
    else:
        assert closed.code == WORK[command]
        assert closed.err.count(CLOSED) == (command != "check bad")


@pytest.mark.parametrize("command", [*ANSWERS, *WORK])
def test_a_reader_that_has_gone(recorded: Path, command: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*SIMULATOR, *command.split()],
        cwd=recorded, env=environment(), stdout=writing, stderr=subprocess.PIPE, timeout=120, check=False,
    )  # fmt: skip
    os.close(writing)
    (recorded / "out").unlink(missing_ok=True)
    assert done.returncode == {**ANSWERS, **WORK}[command]
    errors = done.stderr.decode()
    assert errors.endswith(" -: nobody reads it any more\n") == (" - " in f"{command} " and command.startswith("run"))
    assert "Traceback" not in errors
    assert "can't be written" not in errors


@pytest.mark.parametrize("command", ["run failing.yaml", "run good -j 2", "check bad", "nonsense"])
@pytest.mark.parametrize("state", ["2> /dev/full", "<&- >&- 2>&-"])
def test_nobody_hears_what_is_wrong(recorded: Path, command: str, state: str) -> None:
    code = 1 if "failing" in command else 0 if "good" in command else 2
    assert ended(command, state, recorded).code == code


@pytest.mark.parametrize("state", ["<&-", "0> /dev/null"])
def test_no_standard_input(recorded: Path, state: str) -> None:
    found = ended("decode KeyPackage", state, recorded)
    assert (found.code, found.out) == (2, "")
    assert found.err.startswith("standard input can't be read: ")
    assert ended("run good/one.yaml", state, recorded).code == 0


def test_an_input_that_is_not_to_be_waited_for(recorded: Path) -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    process = subprocess.Popen(
        [*SIMULATOR, "decode", "VerificationKeyRequest"],
        cwd=recorded, env=environment(), stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    os.close(reading)
    os.write(writing, b"00 01")
    os.close(writing)
    out, err = process.communicate(timeout=60)
    assert (process.returncode, out.splitlines()[0]) == (1, "VerificationKeyRequest, 2 bytes"), err


def test_what_is_appended_to_stays(recorded: Path) -> None:
    (recorded / "all.jsonl").write_text("before\n")
    assert ended("trace export traces --to jsonl -o -", ">> all.jsonl", recorded).code == 0
    lines = (recorded / "all.jsonl").read_text().splitlines()
    (recorded / "all.jsonl").unlink()
    assert lines[0] == "before"
    assert len(lines) > 10


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_characters_that_an_encoding_lacks(folder: Path, encoding: str) -> None:
    text = (folder / "good/one.yaml").read_text()
    (folder / "ü☃.yaml").write_text(text.replace("name: ", "name: ü☃😀 ", 1), encoding="utf-8")
    codec = encoding.partition(":")[0]
    for command in ("run ü☃.yaml", "list ü☃.yaml", "--help"):
        done = subprocess.run(
            [*SIMULATOR, *command.split()],
            cwd=folder, env=environment(PYTHONIOENCODING=encoding), capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, b"")
        said = done.stdout.decode(codec)
        assert (
            "ü☃.yaml".rpartition(".")[0].encode(codec, "backslashreplace").decode(codec) in said or "ü" not in command
        )
    for command in ("list ü☃.yaml --json", "run ü☃.yaml --json -"):
        done = subprocess.run(
            [*SIMULATOR, *command.split()],
            cwd=folder, env=environment(PYTHONIOENCODING=encoding), capture_output=True, timeout=60, check=False,
        )  # fmt: skip
        assert done.returncode == 0
        assert "ü☃😀" in done.stdout.decode("utf-8"), "programs get UTF-8"
