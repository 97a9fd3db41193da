"""What is said of a sweep."""

from simulator.cli.output.sweep_lines import failure_lines, verdict_line

AXES = ("scenario", "draft", "waived")
ROW = {
    "verdict": "failed",
    "scenario": "joins/a",
    "draft": "mimi-transport-00",
    "seed": 3,
    "failed_file": "joins/a.yaml",
    "failed_line": 7,
    "failed_step": "send",
    "message": "expected 1",
    "repeat": "mimi-sim run joins/a.yaml --seed 3",
}


def test_a_failure() -> None:
    assert [line.plain for line in failure_lines(ROW, AXES)] == [
        "failed joins/a in mimi-transport-00, seed 3",
        "  joins/a.yaml:7 send: expected 1",
        "  mimi-sim run joins/a.yaml --seed 3",
    ]


def test_a_fault_without_a_place() -> None:
    row = {**ROW, "verdict": "fault", "failed_file": None, "failed_step": "worker", "message": "it died"}
    assert [line.plain for line in failure_lines(row, AXES)][1] == "  worker: it died"


def test_verdicts() -> None:
    assert verdict_line({"passed": 3, "failed": 1}, "4 of 9 runs").plain == "4 of 9 runs: 3 passed, 1 failed"
    assert verdict_line({}, "0 of 9 runs").plain == "0 of 9 runs"
