"""`mimi-sim bench`."""

import json
from pathlib import Path

import pytest

from simulator.bench import curves, samples
from tests.cli.process import mimi_sim


def test_chosen_rows_a_line_each_and_json(tmp_path: Path) -> None:
    ended = mimi_sim("bench", "token-redeem", "--quick", "--json", "b.json", "-o", "b.md", cwd=tmp_path)
    assert ended.code == 0
    first, last = ended.out.splitlines()
    assert first.startswith("token-redeem ")
    assert last.startswith("1 row: ")
    assert (tmp_path / "b.md").read_text().startswith("| row |")
    (row,) = json.loads((tmp_path / "b.json").read_text())["rows"]
    assert (row["id"], row["goal"], row["met"]) == ("token-redeem", 0.2, row["ratio"] >= 0.2)
    assert row["ratio"] == pytest.approx(row["baseline"] / row["ours"])


def test_json_alone_on_standard_output(tmp_path: Path) -> None:
    ended = mimi_sim("bench", "token-redeem", "--quick", "--json", "-", cwd=tmp_path)
    assert json.loads(ended.out)["rows"][0]["id"] == "token-redeem"
    assert "token-redeem" in ended.err


def test_an_id_stands_for_all_rows_that_go_on_with_a_dash(tmp_path: Path) -> None:
    ended = mimi_sim("bench", "tokn-issue", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, 'unknown row "tokn-issue" (did you mean "token-issue"?)\n')


def test_pictures_of_costs_that_grow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(curves, "CURVES", [c for c in curves.CURVES if c.id == "request-by-size"])
    monkeypatch.setattr(samples, "QUICK", samples.Scale(rounds=1, seconds=0.01))
    assert mimi_sim("bench", "token-redeem", "--quick", "--plot", "plots", cwd=tmp_path).code == 0
    assert [file.name for file in (tmp_path / "plots").iterdir()] == ["request-by-size.svg"]
    (tmp_path / "taken").write_text("")
    ended = mimi_sim("bench", "token-redeem", "--quick", "--plot", "taken", cwd=tmp_path)
    assert (ended.code, ended.err) == (2, "--plot taken: File exists\n")
