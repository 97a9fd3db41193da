"""`mimi-sim steps`."""

import re
from pathlib import Path

from simulator.scenario.expectations import EXPECTATIONS
from simulator.scenario.steps import STEPS
from tests.cli.process import mimi_sim


def test_all_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("steps", cwd=tmp_path)
    assert ended.code == 0
    first = [line.split()[0] for line in ended.out.splitlines() if re.match(r"  \S", line)]
    assert first[: len(STEPS) + len(EXPECTATIONS)] == [*STEPS, *EXPECTATIONS]
    assert {"topology", "matrix", "generate", "expect"} <= set(first[len(STEPS) + len(EXPECTATIONS) :])


def test_one_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("steps", "forward", cwd=tmp_path)
    assert ended.code == 0
    assert ended.out.startswith("forward: A provider sends a captured request, unchanged")
    assert "\n  to: string. The name of a provider.\n" in ended.out


def test_several_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("steps", "topology", "forward", "topology", cwd=tmp_path)
    assert ended.code == 0
    assert ended.out.startswith("topology: Who takes part.\n  providers: ")
    assert ended.out.count("\n\nforward: A provider sends") == 1
    assert ended.out.count("topology: ") == 1


def test_some_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("steps", "forward", "matrx", "zork", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert [line.partition(";")[0] for line in ended.err.splitlines()] == [
        'unknown keyword "matrx" (did you mean "matrix"?)',
        'unknown keyword "zork"',
    ]


def test_none_of_them(tmp_path: Path) -> None:
    ended = mimi_sim("steps", "foward", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == 'unknown keyword "foward" (did you mean "forward"?); "mimi-sim steps" lists all\n'
