"""Packages that only some features need: everything else works without them, and what does not says what to install."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from simulator import extras
from simulator.errors import SimulatorError
from tests.cli.process import PASSING, ROOT, Ended, as_process, environment, mimi_sim

WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"altair", "polars", "vl_convert"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
"""
"""A beginning of programs: an installation that has none of the packages."""

COMMAND = [sys.executable, "-c", WITHOUT + "from simulator.__main__ import main\nmain()"]

CELL = """
from simulator.notebook import Refused, growth, load, run

traffic = run(sys.argv[1]).traffic
traffic.diagram(), traffic._repr_html_(), traffic.message(traffic.trace.exchanges[0])
for look in (
    traffic.exchanges, traffic.events, traffic.connections, traffic.latency, traffic.cost, traffic.timeline,
    lambda: traffic.fields("epoch"), lambda: growth([{"n": 1, "y": 2}], x="n", y="y"),
):
    try:
        look()
    except Refused as error:
        print(error)
"""


def without(*arguments: str, cwd: Path) -> Ended:
    return as_process(*arguments, cwd=cwd, program=COMMAND)


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a scenario and its trace: both made without the packages."""
    folder = tmp_path_factory.mktemp("run")
    (folder / "plain.yaml").write_text(PASSING)
    ended = without("run", "plain.yaml", "--trace", "t", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    return folder


@pytest.mark.parametrize(
    "command",
    [
        ("list", "plain.yaml"),
        ("check", "plain.yaml"),
        ("show", "plain.yaml", "--mermaid"),
        ("trace", "diff", "t", "t", "--html", "diff.html"),
        *(
            ("trace", "export", "t", "--to", form, "-o", f"out.{form}")
            for form in ("har", "pcapng", "mermaid", "jsonl")
        ),
    ],
    ids=" ".join,
)
def test_what_needs_none_of_them_works_without(run: Path, command: tuple[str, ...]) -> None:
    assert without(*command, cwd=run).code == 0


def test_a_report_says_what_to_install_and_writes_nothing(run: Path) -> None:
    ended = without("report", "t", "-o", "r.html", cwd=run)
    assert (ended.code, ended.out) == (2, "")
    assert " ".join(ended.err.split()) == (
        'a report needs altair and vl-convert-python, which are not installed: pip install "mimi-simulator[report]"'
    )
    assert not (run / "r.html").exists()


def test_parquet_says_what_to_install_and_makes_no_folder(run: Path) -> None:
    ended = without("trace", "export", "t", "--to", "parquet", "-o", "tables", cwd=run)
    assert (ended.code, ended.out) == (2, "")
    assert " ".join(ended.err.split()) == (
        'the export to Parquet needs polars, which is not installed: pip install "mimi-simulator[report]"'
    )
    assert not (run / "tables").exists()


def test_a_notebook_works_and_says_what_its_frames_and_plots_need(run: Path) -> None:
    program = [sys.executable, "-W", "error", "-c", WITHOUT + CELL, "plain.yaml"]
    done = subprocess.run(program, cwd=run, env=environment(), capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    install = 'pip install "mimi-simulator[notebook]"'
    frame = f"a data frame needs polars, which is not installed: {install}"
    plot = f"a plot in a notebook needs altair and vl-convert-python, which are not installed: {install}"
    assert done.stdout.splitlines() == [
        f"looking at exchanges: {frame}",
        f"looking at events: {frame}",
        f"looking at connections: {frame}",
        f"plotting latency: {plot}",
        f"plotting costs: {plot}",
        f"plotting a timeline: {plot}",
        f"looking at fields: {frame}",
        f"plotting growth: {plot}",
    ]


def test_nothing_but_the_feature_loads_them(run: Path) -> None:
    program = "import sys, simulator.notebook, simulator.cli.app, simulator.trace.report, simulator.trace.exports\n"
    loaded = "print([name for name in ('altair', 'polars', 'vl_convert') if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program + loaded], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_package_that_cannot_begin_is_a_sentence(run: Path) -> None:
    ended = as_process("report", "t", cwd=run, program=[sys.executable, "-OO", "-m", "simulator"])
    assert ended.code == 2
    assert "altair, which wants docstrings: run Python without -OO" in " ".join(ended.err.split())


def test_a_broken_installation_is_a_sentence(run: Path, tmp_path: Path) -> None:
    (tmp_path / "vl_convert.py").write_text("raise ImportError('libfontconfig.so.1: cannot open shared object file')")
    path = f"{tmp_path}:{environment()['PYTHONPATH']}"
    ended = as_process("report", "t", cwd=run, PYTHONPATH=path)
    assert ended.code == 2
    assert "vl-convert-python, which can't be loaded (libfontconfig.so.1: cannot" in " ".join(ended.err.split())


def test_a_package_is_loaded_when_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from simulator.extras import polars

    assert polars.DataFrame({"a": [1]}).height == 1
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(SimulatorError, match=r'^this needs polars, which is not installed: pip install "mimi'):
        extras.polars  # noqa: B018
    with pytest.raises(AttributeError, match="numpy"):
        extras.numpy  # type: ignore[attr-defined]  # noqa: B018


@pytest.mark.parametrize("feature", extras.FEATURES)
def test_the_extra_that_a_sentence_names_brings_what_is_missing(feature: str) -> None:
    extras.need(feature)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    extra = extras.FEATURES[feature].extra
    more = project["report"] if "mimi-simulator[report]" in project[extra] else []
    brought = " ".join((*project[extra], *more))
    for package in extras.FEATURES[feature].packages:
        assert extras.DISTRIBUTIONS[package] in brought


def test_each_package_is_some_feature_s() -> None:
    assert set(extras.DISTRIBUTIONS) == {
        package for feature in extras.FEATURES.values() for package in feature.packages
    }


def test_the_other_exports_are_listed_without(run: Path) -> None:
    assert mimi_sim("trace", "export", "--formats", cwd=run).code == 0
