"""Every command that README and guides show is run: in order, from a fresh folder, with what the page itself shows.

All guides take two minutes: `make documents` has them all, `make test` README and the first that its readers open.
"""

import faulthandler
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

import duckdb
import pytest

from simulator.net import reserved_port
from tests.documents import DOCUMENTS, ROOT, Block, blocks, exit_code, inline
from tests.picture import PICTURE, drawn

OUTSIDE = {
    "git clone": "the repository's address is not known here; .ci/fresh sets up a clone",
    "cd mimi-simulator": "the same",
    "make demo": "the same; it needs a package index",
    ". .venv/bin/activate": "the same",
    "pip install": "needs a package index; .ci/wheel installs the wheel",
    "jupyter lab": "stays open, and is no dependency; tests/notebooks runs the lessons",
    "make": "a checkout's, for as long as one likes: only make itself is asked; make test does it in a bounded way",
}
"""What is not run, by how it begins, and why."""

IN_SENTENCES = {
    "mimi-sim --install-completion": "changes the shell of whoever runs it",
    "mimi-sim run": "all scenarios once more: tests/golden and make demo do that",
    "mimi-sim run --without slow": "the same",
    "mimi-sim run --trace": "only the name of a command",
    "mimi-sim run scenarios --draft mimi-protocol-06 --over my-server.yaml": "the same; a block runs some",
    "mimi-sim sweep": "only the name of a command",
    "mimi-sim fuzz": "the same, and a campaign of minutes",
    "mimi-sim bench": "the same, and minutes of measuring",
    "mimi-sim ablate": "all rules, which takes a minute: make ablate does that; the blocks try some",
    "mimi-sim compare": "the same of all attacks and drafts, as make comparison does",
    "mimi-sim new --all DIR": "a placeholder; it is run with a name in the guide for Python",
}
"""The same for commands within sentences, which are run behind the blocks."""

WRONG = {
    "first.yaml:16:16": ("first.yaml", "send: {by: dan.phone", "send: {by: dan"),
    "attack.yaml:42:23": ("attack.yaml", "blocked: b.example", "blocked: b.exampel"),
}
"""How a file is spoilt so that the mistake comes about that a page shows."""

PORTS = ("8443", "7001", "7003", "7013")
"""Those in the documents; others are used here."""

FIRST = ("README", "own-server", "compare", "serve")
PAGES = tuple(DOCUMENTS) if os.environ.get("MIMI_ALL_DOCUMENTS") else FIRST

SECONDS = 300
"""For one command on a machine with other things to do."""


class Reader:
    """Does what a page says, in a folder of its own."""

    def __init__(self, folder: Path, servers: ExitStack) -> None:
        self._folder = folder
        self._servers = servers
        self._variables: list[str] = []
        self._output = ""

    def follow(self, block: Block) -> None:
        """What one does with a block."""
        match block.language:
            case "sh":
                self._output = "".join(self._run(command) for command in block.commands)
            case "text":
                self._compare(block)
            case "yaml" | "python" if block.file:
                (self._folder / block.file).parent.mkdir(exist_ok=True)
                (self._folder / block.file).write_text(block.text)
            case "python":
                ended = self._process([sys.executable, "-W", "error", "-c", block.text])
                assert (ended.returncode, ended.stderr) == (0, ""), block.text
            case "sql":
                with duckdb.connect() as database:
                    database.execute(f"SET file_search_path = '{self._folder}'")
                    assert database.sql(block.text).fetchall()
            case other:
                pytest.fail(f"what is one to do with {other}?\n{block.text}")

    def _run(self, command: str) -> str:
        outside = next((start for start in OUTSIDE if command.startswith(start)), None)
        if outside == "make":
            subprocess.run(["make", "--dry-run", *command.partition("#")[0].split()[1:]], cwd=ROOT, check=True)
        if outside is not None:
            return ""
        if re.match(r"[A-Z]+=", command):
            self._variables.append(command)
        if command.startswith("mimi-sim serve"):
            return self._servers.enter_context(_served(command, self._folder))
        ended = self._process(["bash", "-euo", "pipefail", "-c", "\n".join([*self._variables, command])])
        assert ended.returncode == exit_code(command), f"{command}\n{ended.stdout}{ended.stderr}"
        return ended.stdout + ended.stderr

    def run_inline(self, command: str) -> None:
        """What a sentence names is right as it stands."""
        if command not in IN_SENTENCES:
            self._run(command)

    def _compare(self, shown: Block) -> None:
        """The output of the block before, or of what becomes wrong as the page says."""
        mistake = next((each for each in WRONG if shown.text.startswith(each)), None)
        if mistake is not None:
            name, right, wrong = WRONG[mistake]
            file = self._folder / name
            kept = file.read_text()
            assert kept.count(right) == 1
            file.write_text(kept.replace(right, wrong))
            self._output = self._process(["mimi-sim", "check", name]).stderr
            file.write_text(kept)
        there = _without_times(self._output)
        for line in shown.text.splitlines():
            assert line == "..." or _without_times(line) in there, f"{line}\nis not in\n{self._output}"

    def _process(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            arguments,
            cwd=self._folder,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )


def _environment() -> dict[str, str]:
    return {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}


def _without_times(text: str) -> str:
    return re.sub(r"\d+\.\d+ s\b", "0 s", text)


@contextmanager
def _served(command: str, folder: Path) -> Iterator[str]:
    """It goes on in a terminal of its own, until the page ends, and ends well."""
    with subprocess.Popen(["bash", "-c", f"exec {command}"], cwd=folder, env=_environment(), stdout=subprocess.PIPE,
                          text=True) as server:  # fmt: skip
        try:
            assert server.stdout is not None
            yield "".join(_until_up(server.stdout))
            server.send_signal(signal.SIGTERM)
            assert server.wait(60) == 0
        finally:
            server.kill()


def _until_up(output: IO[str]) -> Iterator[str]:
    for line in output:
        yield line
        if line.startswith("# Ctrl-C"):
            return
    pytest.fail("it ended instead of serving")


@pytest.mark.parametrize("name", PAGES)
def test_all_that_a_page_shows_works_in_order(name: str, tmp_path: Path) -> None:
    faulthandler.cancel_dump_traceback_later()  # each command has a time limit of its own
    text = DOCUMENTS[name].read_text()
    missing = [program for program in ("curl", "jq") if f"{program} " in text and shutil.which(program) is None]
    if missing:
        pytest.skip(f"{' and '.join(missing)} must be there")
    with ExitStack() as stack:
        for port in PORTS:
            free = stack.enter_context(reserved_port()).getsockname()[1]
            text = re.sub(rf"\b{port}\b", str(free), text)
    with ExitStack() as servers:
        reader = Reader(tmp_path, servers)
        for block in blocks(text):
            reader.follow(block)
        for command in inline(text):
            reader.run_inline(command)
    _check_ignored(path.name + "/" * path.is_dir() for path in tmp_path.iterdir())


def _check_ignored(names: Iterable[str]) -> None:
    """Whoever does all this in a checkout has nothing new to commit."""
    for name in names:
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode == 0, name


def test_what_is_not_run_is_shown_somewhere() -> None:
    texts = [path.read_text() for path in DOCUMENTS.values()]
    shown = [command for text in texts for block in blocks(text) for command in block.commands]
    assert [start for start in OUTSIDE if not any(command.startswith(start) for command in shown)] == []
    assert set(IN_SENTENCES) <= {command for text in texts for command in inline(text)}


def test_the_picture_is_a_run_s() -> None:
    assert PICTURE.read_text() == drawn()
    assert f"({PICTURE.relative_to(ROOT).as_posix()})" in DOCUMENTS["README"].read_text()
