"""How far a sweep is."""

from pathlib import Path

import pytest

from simulator.sweep.figures import counted, look, progress, span
from simulator.sweep.results import Results
from tests.sweep.test_results import IDENTITY, row


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.2, "0 s"), (59, "59 s"), (61, "1 min 1 s"), (7300, "2 h 1 min"), (86400 * 3, "3 d 0 h")]
)
def test_spans(seconds: float, said: str) -> None:
    assert span(seconds) == said


def test_progress() -> None:
    assert progress(0, 1, 0, 0) == "0 of 1 run"
    assert progress(30, 100, 20, 10) == "30 of 100 runs, 2.0 a second, 35 s left"
    assert progress(100, 100, 20, 10) == "100 of 100 runs"
    assert (progress(1, 0, 0, 0), progress(30, 0, 20, 10)) == ("1 run", "30 runs, 2.0 a second")


def test_a_look_at_a_folder_while_it_is_written_to_and_after(tmp_path: Path) -> None:
    results = Results(tmp_path, IDENTITY)
    results.add(row(1))
    results.add({**row(2), "verdict": "failed"})
    results.flush()
    seen = look(tmp_path)
    assert (len(seen.rows), seen.verdicts, seen.is_running) == (2, {"passed": 1, "failed": 1}, True)
    assert [each["key"] for each in seen.failures] == ["2"]
    assert seen.progress(103.0) == "2 of 9 runs, 1.0 a second, 7 s left"
    assert seen.progress(500.0) == "2 of 9 runs"
    results.close()
    assert not look(tmp_path).is_running
    assert counted("aba") == {"a": 2, "b": 1}
