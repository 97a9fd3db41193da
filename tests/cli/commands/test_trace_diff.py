"""`mimi-sim trace diff`: its exit codes and what it writes."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simulator.cli.app import app
from simulator.printable import REPLACEMENT
from simulator.trace import Event, TraceWriter
from tests.trace.examples import EXCHANGE, HEADER, JOINED


def written(path: Path, *events: Event) -> str:
    writer = TraceWriter(path, HEADER)
    for event in events:
        writer.add(event)
    writer.close()
    return str(path)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    return written(tmp_path / "a.jsonl", EXCHANGE), written(tmp_path / "b.jsonl", EXCHANGE, JOINED)


def test_the_same_is_0(pair: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["trace", "diff", pair[0], pair[0]])
    assert (done.exit_code, done.output) == (0, "no differences\n")


def test_different_is_1_and_is_said(pair: tuple[str, str]) -> None:
    done = CliRunner().invoke(app, ["trace", "diff", *pair])
    assert done.exit_code == 1
    assert done.output.splitlines()[-1] == "1 difference; 0 of 1 scenario the same"


def test_json_and_a_page(pair: tuple[str, str], tmp_path: Path) -> None:
    page = tmp_path / "diff.html"
    done = CliRunner().invoke(app, ["trace", "diff", *pair, "--json", "--html", str(page)])
    assert done.exit_code == 1
    assert json.loads(done.output)["same"] is False
    assert "alice.phone" in page.read_text()


def test_a_page_never_takes_the_place_of_a_trace(pair: tuple[str, str]) -> None:
    before = Path(pair[1]).read_bytes()
    done = CliRunner().invoke(app, ["trace", "diff", *pair, "--html", pair[1]])
    assert (done.exit_code, "--html" in done.output, "that is where the traces are" in done.output) == (2, True, True)
    assert Path(pair[1]).read_bytes() == before


def test_a_page_of_files_whose_names_are_no_text(pair: tuple[str, str], tmp_path: Path) -> None:
    other = Path(pair[1]).rename(tmp_path / os.fsdecode(b"na\xefve.jsonl"))
    done = CliRunner().invoke(app, ["trace", "diff", pair[0], str(other), "--html", str(tmp_path / "diff.html")])
    assert done.exit_code == 1
    assert f"na{REPLACEMENT}ve.jsonl" in (tmp_path / "diff.html").read_text()


def test_what_is_no_trace_is_2(pair: tuple[str, str], tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["trace", "diff", pair[0], str(tmp_path / "nothing")])
    assert (done.exit_code, "No such file" in done.output) == (2, True)
    done = CliRunner().invoke(app, ["trace", "diff", *pair, "--html", str(tmp_path / "no/where.html")])
    assert (done.exit_code, "--html" in done.output) == (2, True)
