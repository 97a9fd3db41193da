"""Documents by their suffixes."""

from pathlib import Path

import pytest

from simulator.cli.output.written_documents import documents, write
from simulator.errors import SimulatorError

WRITERS = {".json": "{{{}}}".format, ".md": "# {}".format}


def test_each_file_is_written_by_its_suffix(tmp_path: Path) -> None:
    first, second = tmp_path / "all", tmp_path / "page.md"
    write("it", documents(first, (second,), WRITERS))
    assert (first.read_text(), second.read_text()) == ("{it}", "# it")


@pytest.mark.parametrize(
    ("json_file", "output", "words"),
    [
        (None, "page.txt", "-o page.txt: the suffix says how to write it: .json, .md"),
        (None, "gone/page.md", "there is no folder gone"),
        ("page.md", "page.md", "--json writes to this file"),
        ("gone/all.json", None, "--json gone/all.json: there is no folder gone"),
    ],
)
def test_a_file_that_cant_be_written_is_told_before_the_work(
    json_file: str | None, output: str | None, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outputs = () if output is None else (Path(output),)
    with pytest.raises(SimulatorError) as raised:
        documents(None if json_file is None else Path(json_file), outputs, WRITERS)
    assert words in str(raised.value)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "page.md").mkdir()
    with pytest.raises(SimulatorError, match="this is a folder"):
        documents(None, (tmp_path / "page.md",), WRITERS)
