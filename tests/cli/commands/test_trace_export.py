"""`mimi-sim trace export`: what it writes, what it says, what it refuses."""

import inspect
import json
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from simulator.cli.app import app
from simulator.cli.commands.trace_export import trace_export
from simulator.trace import Segment, TraceWriter, file_name
from simulator.trace.exports import EXPORTS
from simulator.trace.tables import EVENTS, EXCHANGES
from tests.cli.process import SIMULATOR, environment
from tests.trace.examples import EXCHANGE, HEADER, JOINED

SEGMENT = Segment(
    started=1001.0,
    connection=1,
    outward=True,
    client=("127.0.0.1", 1),
    server=("127.0.0.1", 2),
    data=b"hello",
    number=9,
)


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """The folder of a run with one trace."""
    folder = tmp_path / "run"
    folder.mkdir()
    writer = TraceWriter(folder / file_name("one"), HEADER)
    for event in (EXCHANGE, JOINED, SEGMENT):
        writer.add(event)
    writer.close()
    return folder


def export(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["trace", "export", *map(str, arguments)])


@pytest.mark.parametrize("name", [each.name for each in EXPORTS])
def test_each_format_is_written_from_a_folder_and_from_a_file(run: Path, tmp_path: Path, name: str) -> None:
    done = export(run, "--to", name, "-o", tmp_path / "a")
    assert (done.exit_code, done.output) == (0, f"{tmp_path}/a: 1 scenario, 1 message, 0.0 MB\n")
    again = export(run / "one.jsonl", "--to", name, "-o", tmp_path / "b")
    assert again.exit_code == 0
    for folder in ("a", "b"):
        place = tmp_path / folder
        files = sorted(each.name for each in place.iterdir()) if place.is_dir() else []
        assert files == (["events.parquet", "exchanges.parquet"] if name == "parquet" else [])
    if name != "parquet":
        assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != b""


def test_a_dash_is_standard_output(run: Path) -> None:
    words = [*SIMULATOR, "trace", "export", str(run), "--to", "jsonl", "-o", "-"]
    done = subprocess.run(words, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert [json.loads(line)["event"] for line in done.stdout.splitlines()] == ["header", "exchange", "protocol"]


def test_an_unknown_format_is_2_with_the_nearest_and_all_there_are(run: Path, tmp_path: Path) -> None:
    done = export(run, "--to", "pcap", "-o", tmp_path / "x")
    assert done.exit_code == 2
    first, *others = done.output.splitlines()
    assert first == '--to: there is no format "pcap" (did you mean "pcapng"?); there are'
    assert [line.split()[0] for line in others] == [each.name for each in EXPORTS]


def test_what_is_no_trace_is_2(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("something else\n")
    (tmp_path / "empty").mkdir()
    for name, said in (("file", "is no trace"), ("empty", "there are no traces in"), ("nothing", "No such file")):
        done = export(tmp_path / name, "--to", "har", "-o", tmp_path / "x")
        assert (done.exit_code, said in done.output) == (2, True)
    assert not (tmp_path / "x").exists()


def test_a_trace_is_never_written_over(run: Path) -> None:
    trace = run / "one.jsonl"
    before = trace.read_bytes()
    done = export(trace, "--to", "jsonl", "-o", trace)
    assert (done.exit_code, "that is the trace itself" in done.output) == (2, True)
    done = export(run, "--to", "jsonl", "-o", run / "one.jsonl")
    assert (done.exit_code, "that is where the traces are" in done.output) == (2, True)
    done = export(trace, "--to", "har", "-o", run / "two.jsonl")
    assert (done.exit_code, "that is where the traces are" in done.output) == (2, True)
    assert [each.read_bytes() for each in run.iterdir()] == [before]


def test_a_path_of_the_wrong_kind_is_2(run: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "folder").mkdir()
    done = export(run, "--to", "har", "-o", tmp_path / "folder")
    assert (done.exit_code, "Is a directory" in done.output) == (2, True)
    done = export(run, "--to", "parquet", "-o", tmp_path / "file")
    assert (done.exit_code, "name a folder" in done.output) == (2, True)


def test_formats_and_columns_are_told() -> None:
    done = export("--formats")
    assert (done.exit_code, done.output.splitlines()) == (0, [f"{each.name:<8} {each.about}" for each in EXPORTS])
    done = export("--columns")
    names = [line.split()[0] for line in done.output.splitlines()]
    tables = ("exchanges", *(each.name for each in EXCHANGES), "events", *(each.name for each in EVENTS))
    assert (done.exit_code, names) == (0, list(tables))


def test_the_help_names_all_formats() -> None:
    option = inspect.signature(trace_export).parameters["to"].annotation.__metadata__[0]
    assert option.metavar == "|".join(each.name for each in EXPORTS)
