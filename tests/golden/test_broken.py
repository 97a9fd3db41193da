"""What an author is told about a broken scenario file: the whole text, word for word.

`MIMI_WRITE_GOLDEN=1 pytest tests/golden` writes the expected files anew, to be read before they are committed.
"""

import os
from pathlib import Path

import pytest

from simulator.scenario import ScenarioFileError, load_file

BROKEN = Path(__file__).parent / "broken"
FILES = sorted(BROKEN.glob("*.yaml"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_is_said_about_a_broken_scenario(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(BROKEN)
    with pytest.raises(ScenarioFileError) as raised:
        load_file(Path(file.name))
    said = f"{raised.value}\n"
    golden = file.with_suffix(".txt")
    if "MIMI_WRITE_GOLDEN" in os.environ:
        golden.write_text(said, encoding="utf-8")
    assert said == golden.read_text(encoding="utf-8")


def test_no_expected_text_without_its_scenario() -> None:
    assert len(FILES) >= 25
    assert {file.stem for file in FILES} == {file.stem for file in BROKEN.glob("*.txt")}
