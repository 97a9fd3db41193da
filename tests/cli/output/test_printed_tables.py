"""A table on the screen and in files."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.text import Text

from simulator.cli.output.printed_tables import show


def render(table: str, *, as_tables: bool) -> Iterator[Text]:
    yield Text(f"{table} {'for people' if as_tables else 'for programs'}")


def summary(table: str) -> Iterator[Text]:
    yield Text(f"all of {table}")


def test_it_is_printed_with_its_summary_and_written(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    show("it", render, summary, {tmp_path / "it.md": "# {}".format})
    assert capsys.readouterr().out == "it for programs\nall of it\n"
    assert (tmp_path / "it.md").read_text() == "# it"


def test_a_document_is_alone_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    show("it", render, summary, {Path("-"): "{{{}}}".format})
    said = capsys.readouterr()
    assert (said.out, said.err) == ("{it}", "it for programs\nall of it\n")
