"""`mimi-sim coverage`."""

import json
from pathlib import Path

import pytest

from simulator.net import Authority, listening_socket
from tests.cli.process import FAILING, PASSING, ROOT, mimi_sim

COVERS = "covers: [T-SECURITY-RECIPIENT, DS-INTRO-ORDER]\n"


@pytest.fixture
def covering(tmp_path: Path) -> Path:
    (tmp_path / "one.yaml").write_text(COVERS + PASSING)
    (tmp_path / "two.yaml").write_text("covers: [DS-INTRO-ORDER]\n" + FAILING)
    return tmp_path


def test_the_shipped_scenarios_leave_no_requirement_without_a_scenario_or_a_reason() -> None:
    ended = mimi_sim("coverage", cwd=ROOT)
    assert (ended.code, ended.err) == (0, ""), ended.out
    assert ", 0 holes" in ended.out


def test_holes_are_named_and_are_a_failure(covering: Path) -> None:
    ended = mimi_sim("coverage", "one.yaml", cwd=covering)
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert [line.split() for line in lines if line.startswith("T-SECURITY-RECIPIENT")] == [
        ["T-SECURITY-RECIPIENT", "one"]
    ]
    assert "  T-TRANSPORT-TLS13" in lines[lines.index(next(each for each in lines if " holes" in each)) :]


def test_with_run_the_results_are_shown_and_written(covering: Path) -> None:
    ended = mimi_sim("coverage", "one.yaml", "two.yaml", "--run", "-o", "table.json", cwd=covering)
    assert ended.code == 1
    assert "of those claimed: 1 failed, 1 not seen" in ended.out.splitlines()
    assert "  one: claims T-SECURITY-RECIPIENT, which is not seen there" in ended.out.splitlines()
    rows = {row["id"]: row for row in json.loads((covering / "table.json").read_text())["requirements"]}
    assert (rows["T-SECURITY-RECIPIENT"]["scenarios"], rows["T-SECURITY-RECIPIENT"]["result"]) == (["one"], "not seen")
    assert (rows["DS-INTRO-ORDER"]["scenarios"], rows["DS-INTRO-ORDER"]["result"]) == (["one", "two"], "failed")


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("one.yaml", "-o", "table.txt"), "-o table.txt: the suffix says how to write it: .json, .md, .csv"),
        (("one.yaml", "-o", "nowhere/table.md"), "-o nowhere/table.md: there is no folder nowhere"),
        (("one.yaml", "--draft", "mimi-transport-0"), 'unknown draft "mimi-transport-0" (did you mean'),
        (("on.yaml",), 'there is no such file or folder (did you mean "one.yaml"?)'),
    ],
)
def test_bad_usage(covering: Path, arguments: tuple[str, ...], complaint: str) -> None:
    ended = mimi_sim("coverage", *arguments, cwd=covering)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err


def test_with_somebody_else_s_provider_only_what_it_takes_part_in_is_run(covering: Path) -> None:
    (covering / "ca.pem").write_bytes(Authority().certificate_pem)
    other = (COVERS + PASSING).replace("c.example", "d.example")
    (covering / "three.yaml").write_text(other.replace("DS-INTRO-ORDER", "T-TRANSPORT-TLS13"))
    files = ("one.yaml", "two.yaml", "three.yaml")
    with listening_socket() as somebody:
        external = f"{{external: {{address: 127.0.0.1, port: {somebody.getsockname()[1]}, ca: ca.pem}}}}"
        (covering / "over.yaml").write_text(f"providers: {{d.example: {external}}}\n")
        ended = mimi_sim("coverage", *files, "--run", "--over", "over.yaml", "-o", "table.json", cwd=covering)
    found = {row["id"]: row for row in json.loads((covering / "table.json").read_text())["requirements"]}
    assert found["T-TRANSPORT-TLS13"]["result"] == "not judged"
    assert (found["DS-INTRO-ORDER"]["scenarios"], found["DS-INTRO-ORDER"]["result"]) == (["one", "two"], None)
    assert [line.split()[:2] for line in ended.out.splitlines() if line.startswith("unsupported")] == [
        ["unsupported", "three"]
    ]
    assert ended.out.splitlines()[-1] == "of those claimed: 2 not judged, 1 not run"
