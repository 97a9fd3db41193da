"""`mimi-sim report` makes a page of a folder of traces, and says why where it can't."""

from pathlib import Path

import typer
from typer.testing import CliRunner

from simulator.cli.commands.report import report
from simulator.trace import End, TraceWriter, file_name
from tests.trace.report.runs import BEGAN, HEADER, exchange

app = typer.Typer()
app.command()(report)


def test_a_folder_becomes_a_page(tmp_path: Path) -> None:
    writer = TraceWriter(tmp_path / file_name("one"), HEADER)
    writer.add(exchange(1.0))
    writer.add(End(started=BEGAN + 2, result="passed", seconds=2.0))
    writer.close()
    page = tmp_path / "page.html"
    ended = CliRunner().invoke(app, [str(tmp_path), "-o", str(page)])
    assert (ended.exit_code, ended.stdout) == (0, f"{page}: 1 scenario, 1 message, 0.1 MB\n")
    assert page.read_text().startswith("<!doctype html>")


def test_a_folder_without_traces_is_bad_usage(tmp_path: Path) -> None:
    ended = CliRunner().invoke(app, [str(tmp_path), "-o", str(tmp_path / "page.html")])
    assert ended.exit_code == 2
    assert "there are no traces in" in ended.stderr


def test_a_page_never_takes_the_place_of_a_trace(tmp_path: Path) -> None:
    kept = tmp_path / file_name("one")
    TraceWriter(kept, HEADER).close()
    before = kept.read_bytes()
    ended = CliRunner().invoke(app, [str(kept), "-o", str(kept)])
    assert (ended.exit_code, "never written over" in ended.stderr) == (2, True)
    assert kept.read_bytes() == before
