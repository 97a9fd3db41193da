"""`mimi-sim fuzz`."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

import polars
import pytest

from simulator.fuzzing.findings import Finding
from simulator.fuzzing.plan import plan
from simulator.net import Authority
from tests.cli.process import SIMULATOR, mimi_sim
from tests.interop.overlay import external_providers

WORDS = ("fuzz", "--target", "groups", "--target", "decoding", "--cases", "60", "-o", "out")


def rows(folder: Path) -> polars.DataFrame:
    return polars.read_parquet(folder / "runs" / "*.parquet")


def test_a_campaign_and_a_second_time_it_has_nothing_to_do(tmp_path: Path) -> None:
    first = mimi_sim(*WORDS, cwd=tmp_path)
    assert first.code == 0
    lines = first.out.splitlines()
    assert lines[0] == "2 of 2 runs: 2 passed"
    assert [line.partition(",")[0] for line in lines if " cases" in line] == ["groups: 60 cases", "decoding: 60 cases"]
    found = rows(tmp_path / "out")
    assert found.select("target", "environment", "cases", "findings").rows() == [
        ("groups", "none", 60, 0),
        ("decoding", "none", 60, 0),
    ]
    again = mimi_sim(*WORDS, cwd=tmp_path)
    assert again.out.splitlines()[0] == "2 of 2 runs are there already"
    other = mimi_sim(*WORDS, "--seed", "2", cwd=tmp_path)
    assert (other.code, other.err.partition(":")[0]) == (2, "out has the results of another sweep")
    assert mimi_sim("sweep", "--show", "out", cwd=tmp_path).out == "2 of 2 runs: 2 passed\n"
    assert mimi_sim("fuzz", "--show", "out", cwd=tmp_path).out == "2 of 2 runs: 2 passed\n"
    page = mimi_sim("sweep", "--show", "out", "--html", "page.html", cwd=tmp_path)
    assert page.code == 0
    assert "60 cases of groups" in (tmp_path / "page.html").read_text()


def test_findings_are_files_that_can_be_sent_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simulator.fuzzing.decoding.MEMORY", -(10**9))
    ended = mimi_sim("fuzz", "--target", "decoding", "--cases", "200", cwd=tmp_path)
    assert ended.code == 1
    assert "failed decoding in none, seed 1" in ended.out
    repeats = [line.partition(": ")[2] for line in ended.out.splitlines() if line.startswith("finding: ")]
    assert repeats
    again = mimi_sim(*repeats[0].split()[1:], cwd=tmp_path)
    assert again.code == 1
    assert "bytes of memory" in again.out
    monkeypatch.undo()
    mended = mimi_sim(*repeats[0].split()[1:], cwd=tmp_path)
    assert (mended.code, mended.out) == (0, "nothing wrong with it now\n")


OVER = ("fuzz", "--over", "ours/over.yaml")


def test_a_server_of_ones_own_is_fuzzed_and_a_second_time_there_is_nothing_to_do(tmp_path: Path) -> None:
    words = (*OVER, "--cases", "40", "-o", "out")
    with external_providers(tmp_path, theirs="b") as over:
        first = mimi_sim(*words, cwd=tmp_path)
        again = mimi_sim(*words, cwd=tmp_path)
        over.write_text(over.read_text() + "# another file\n")
        other = mimi_sim(*words, cwd=tmp_path)
        over.write_text(over.read_text().replace("b.example", "e.example"))
        nobody = mimi_sim(*words, cwd=tmp_path)
    assert (first.code, first.err) == (0, "")
    there, passed, *_ = first.out.splitlines()
    counted = [line.partition(",")[0] for line in first.out.splitlines() if " a processor second" in line]
    assert there.startswith("b.example at 127.0.0.1:")
    assert "connection_request 1" in there
    assert (passed, counted) == ("2 of 2 runs: 2 passed", ["requests: 40 cases", "wires: 2 cases"])
    assert "2 of 2 runs are there already" in again.out
    assert (other.code, other.err.partition(":")[0]) == (2, "out has the results of another sweep")
    assert nobody.code == 2
    assert "one provider is fuzzed at a time" in nobody.err
    gone = mimi_sim(*words, cwd=tmp_path)
    assert gone.code == 2


def test_what_a_server_of_ones_own_does_wrong_is_a_finding_that_can_be_sent_again(tmp_path: Path) -> None:
    words = (*OVER, "--target", "requests", "--cases", "300", "-o", "out")
    with external_providers(tmp_path, "fails over a wrong recipient", theirs="b"):
        ended = mimi_sim(*words, cwd=tmp_path)
        assert (ended.code, ended.err) == (1, "")
        assert "ServerFailed: HTTP 500 to " in ended.out
        repeats = [line.partition(": ")[2] for line in ended.out.splitlines() if line.startswith("finding: ")]
        assert repeats
        again = mimi_sim(*repeats[0].split()[1:], cwd=tmp_path)
        assert (again.code, again.out.partition(" to ")[0]) == (1, "ServerFailed: HTTP 500")
    gone = mimi_sim(*repeats[0].split()[1:], cwd=tmp_path)
    assert gone.code == 2
    assert gone.err.startswith("nobody listens at 127.0.0.1:")
    with external_providers(tmp_path / "mended", theirs="b") as over:
        there = mimi_sim(*repeats[0].split()[1:], "--over", str(over), cwd=tmp_path)
        assert there.out == "nothing wrong with it now\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-j", "2"), "-j would need several federations at the same ports, around one server: leave it out"),
        (("--cluster", "local:2"), "--cluster would need several federations at the same ports"),
        (("--target", "decoding"), "decoding can't be sent to a server that is not ours: it is our own code that"),
        (("--target", "contents"), "contents can't be sent to a server that is not ours: it is code of the draft's"),
        (("--environment", "x"), 'b.example is not in "x"; it is in: mimi-transport-00, HTTP/1.1, suite 1'),
        (("--draft", "mimi-transport-00", "--draft", "mimi-transport-01"), "name one --draft only"),
        ((), "nobody listens at 127.0.0.1:9 (b.example)"),
    ],
)
def test_what_can_not_be_done_with_a_server_of_ones_own(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    (tmp_path / "ca.pem").write_bytes(Authority().certificate_pem)
    (tmp_path / "over.yaml").write_text(
        "providers:\n  b.example: {external: {address: 127.0.0.1, port: 9, ca: ca.pem}}\n  a.example: {port: 7001}\n"
    )
    ended = mimi_sim("fuzz", "--over", "over.yaml", *words, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert said in ended.err


def test_a_finding_about_ones_own_code_is_not_sent_to_a_server(tmp_path: Path) -> None:
    Finding("groups", None, "1", 1, "x", "nothing", "Broken: x", "", {}).save(tmp_path)
    ended = mimi_sim("fuzz", "--replay", "groups-1-1.json", "--over", "over.yaml", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, "groups-1-1.json is not about a server of --over: leave that out\n")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--target", "grups"), 'no target "grups" (did you mean "groups"?)'),
        (("--draft", "mimi-transpor-00"), "mimi-transport-00"),
        (("--replay", "nothing.json"), "nothing.json can't be read"),
        (("--show", "nothing"), "there are no results of a sweep here"),
        (("-j", "2", "--cluster", "local:2"), "leave one of them out"),
        (("--environment", "x"), 'none of these targets lives in "x"'),
    ],
)
def test_what_can_not_be_done(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    ended = mimi_sim("fuzz", *words, cwd=tmp_path)
    assert ended.code == 2
    assert said in ended.err


def test_after_sigkill_nothing_is_lost_and_nothing_is_there_twice(tmp_path: Path) -> None:
    words = ("fuzz", "--target", "bodies", "--cases", "200", "-o", "out")
    command = [*SIMULATOR, *words]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, env={**os.environ}) as process:
        folder, deadline = tmp_path / "out" / "runs", time.monotonic() + 120
        while not list(folder.glob("*.parquet")) and process.poll() is None and time.monotonic() < deadline:
            os.sched_yield()
        process.send_signal(signal.SIGKILL)
    before = rows(tmp_path / "out")["key"].to_list()
    wanted = [run.key for run in plan((), 200, 1, targets=["bodies"]).runs()]
    assert 0 < len(before) < len(wanted)
    assert mimi_sim(*words, cwd=tmp_path).code == 0
    found = rows(tmp_path / "out")
    assert found["key"].to_list() == wanted
    assert json.loads(found["outcomes"][0])
