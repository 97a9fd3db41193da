"""What is left in the working folder, and by whom."""

import json
import stat
from pathlib import Path

import pytest

from simulator.cli.federation_file import FEDERATION, Place
from simulator.errors import SimulatorError

OURS = {"ca": "x", "providers": {}, "control": "http://127.0.0.1:1"}


def test_files_are_whole_and_gone_at_the_end(tmp_path: Path) -> None:
    place = Place(tmp_path)
    with place.taken():
        place.write("key.pem", b"key", secret=True)
        place.announce(OURS)
        assert sorted(file.name for file in tmp_path.iterdir()) == [FEDERATION, "key.pem"]
        assert json.loads((tmp_path / FEDERATION).read_text()) == OURS
        assert stat.S_IMODE((tmp_path / "key.pem").stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == []


def test_one_at_a_time(tmp_path: Path) -> None:
    with (
        Place(tmp_path).taken(),
        pytest.raises(SimulatorError, match="another federation is up in"),
        Place(tmp_path).taken(),
    ):
        pytest.fail("two in one folder")
    with Place(tmp_path).taken():
        pass


def test_what_is_left_of_a_dead_one_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / FEDERATION).write_text(json.dumps(OURS))
    place = Place(tmp_path)
    with place.taken():
        place.announce({**OURS, "ca": "y"})
        assert json.loads((tmp_path / FEDERATION).read_text())["ca"] == "y"


@pytest.mark.parametrize("content", ["{}", "[]", "my notes", '{"providers": {}}'])
def test_somebody_elses_file_is_left_alone(tmp_path: Path, content: str) -> None:
    (tmp_path / FEDERATION).write_text(content)
    with pytest.raises(SimulatorError, match="move it away first"), Place(tmp_path).taken():
        pytest.fail("overwritten")
    assert (tmp_path / FEDERATION).read_text() == content


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(SimulatorError, match="No such file"), Place(tmp_path / "gone").taken():
        pytest.fail("a folder that is not there")
    (tmp_path / FEDERATION).mkdir()
    with pytest.raises(SimulatorError, match="can't be written"):
        Place(tmp_path).announce(OURS)
    assert [file.name for file in tmp_path.iterdir()] == [FEDERATION]
