"""`mimi-sim report` makes a page of a folder of traces, and says why where it can't."""

import sys
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from simulator.cli.commands.report import report
from simulator.trace import End, TraceWriter, file_name
from tests.cli.process import as_process
from tests.trace.report.runs import BEGAN, HEADER, exchange

app = typer.Typer()
app.command()(report)


def test_a_folder_becomes_a_page(tmp_path: Path) -> None:
    writer = TraceWriter(tmp_path / file_name("one"), HEADER)
    writer.add(exchange(1.0))
    writer.add(End(started=BEGAN + 2, result="passed", seconds=2.0, number=99))
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


HOSTILE = """
name: Hostile paths
parameters: {path: x, word: x}
matrix: {path: [/%00, "/%1B[2J%C2%9B", /%EF%BF%BF, /%E2%80%A9%E2%80%AE], word: ["\\e[1m\\u2028"]}
topology:
  providers:
    a.example: {users: {alice: [phone]}}
    m.example: {users: {mallory: [phone]}}
steps:
  - request: {by: m.example, to: a.example, method: GET, path: "${path}", host: a.example}
    expect: {http: 421}
  - create_group: alice
    as: team
  - send: {by: alice, group: team, text: "${word}"}
"""

CELLS = """
import sys
from xml.etree import ElementTree
from simulator.notebook import load_all, run

kept, ran = load_all("t"), run(sys.argv[1])
for traffic in (*kept.values(), ran.traffic):
    for picture in (traffic.diagram(), traffic.latency()):
        ElementTree.fromstring(picture.svg)
        assert all(each.isprintable() for each in repr(picture).replace(chr(10), "")), repr(picture)
    assert all(each.isprintable() for each in repr(traffic))
    assert not any(each in traffic._repr_html_() for each in map(chr, (0, 11, 27, 127, 155, 0x2028, 0x202e, 0xffff)))
for picture in (ran.traffic.timeline(), *map(ran.traffic.cost, ("endpoint", "step"))):
    ElementTree.fromstring(picture.svg)
assert all(each.isprintable() for each in repr(ran)), repr(ran)
print("shown")
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the traces of requests whose paths have what cannot be seen in them; so has the file's name."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "odd\x1b[31m\u2028.yaml").write_text(HOSTILE)
    assert as_process("run", ".", "--trace", "t", cwd=folder).code == 0
    return folder


def test_what_cannot_be_seen_is_no_end_of_the_process(hostile: Path) -> None:
    for each in (hostile / "t", *sorted((hostile / "t").iterdir())[:1]):
        ended = as_process("report", str(each), cwd=hostile)
        assert (ended.code, ended.err) == (0, "")


def test_a_notebook_shows_the_same(hostile: Path) -> None:
    file = next(hostile.glob("*.yaml")).name
    ended = as_process(file, cwd=hostile, program=[sys.executable, "-W", "error", "-c", CELLS])
    assert (ended.code, ended.out, ended.err) == (0, "shown\n", "")


@pytest.mark.parametrize(
    "command",
    [("trace", "diff", "t", "t/{}"), ("trace", "diff", "t", "t/{}", "--json"),
     ("trace", "export", "t/{}", "--to", "mermaid", "-o", "-")],
    ids=" ".join,
)  # fmt: skip
def test_what_cannot_be_seen_reaches_no_terminal(hostile: Path, command: tuple[str, ...]) -> None:
    for file in sorted((hostile / "t").iterdir()):
        ended = as_process(*(word.format(file.name) for word in command), cwd=hostile)
        assert ended.code in (0, 1)
        assert all(each.isprintable() for each in ended.out.replace("\n", "")), ended.out


def test_the_tables_as_text_make_no_page(tmp_path: Path) -> None:
    writer = TraceWriter(tmp_path / file_name("one"), HEADER)
    writer.add(exchange(1.0))
    writer.close()
    ended = CliRunner().invoke(app, [str(tmp_path), "--text"])
    assert ended.exit_code == 0
    assert ended.stdout.startswith("malicious/forwarded: unfinished, 1 exchanges, seed 7\n\nWho learned whom. ")
    assert not list(tmp_path.glob("*.html"))
