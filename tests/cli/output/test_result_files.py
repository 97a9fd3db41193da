"""What a run writes for programs."""

import json
from pathlib import Path

import pytest

from simulator.cli.output.result_files import check, write
from simulator.errors import SimulatorError
from simulator.trace.saving import STDOUT
from tests.cli.results import ALL


def test_each_format(tmp_path: Path) -> None:
    files = {"--json": tmp_path / "a", "--junit": tmp_path / "b", "--tap": tmp_path / "c"}
    check(files)
    write(files, ALL)
    assert json.loads(files["--json"].read_bytes())["summary"]["passed"] == 1
    assert files["--junit"].read_bytes().startswith(b"<?xml")
    assert files["--tap"].read_bytes().startswith(b"TAP version 14\n")


def test_standard_output(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    write({"--tap": STDOUT}, ALL)
    assert capsysbinary.readouterr().out.startswith(b"TAP version 14\n")


def test_only_one_goes_to_standard_output() -> None:
    with pytest.raises(SimulatorError, match=r"only one of --json, --tap can be written to standard output"):
        check({"--json": STDOUT, "--tap": STDOUT})


def test_a_folder_that_one_may_not_write_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(SimulatorError, match=r"not allowed to write there"):
        check({"--tap": tmp_path / "out"})
