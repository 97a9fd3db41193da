"""What has ended so far, and whether more is wanted."""

from simulator.sweep.experiment import Stop
from simulator.sweep.tally import Tally


def row(verdict: str, times: object = 1) -> dict[str, object]:
    return {"draft": "a", "times": times, "verdict": verdict}


def test_counts() -> None:
    tally = Tally(("draft", "times"))
    for verdict in ("passed", "failed", "fault", "skipped", "passed"):
        tally.add(row(verdict))
    assert (tally.runs, tally.failures) == (5, 2)
    assert tally.verdicts == {"passed": 2, "failed": 1, "fault": 1, "skipped": 1}
    assert not tally.is_over
    assert tally.wants(row("passed"))


def test_it_is_over_after_so_many_failures() -> None:
    tally = Tally(("draft",), Stop(failures=2))
    tally.add(row("failed"))
    assert not tally.is_over
    tally.add(row("fault"))
    assert tally.is_over


def test_a_setting_has_had_enough_when_its_interval_is_narrow() -> None:
    tally = Tally(("draft", "times"), Stop(interval=0.1))
    for _ in range(40):
        tally.add(row("passed", 1))
    assert not tally.wants({"draft": "a", "times": 1.0})  # as it is read from a table
    assert tally.wants({"draft": "a", "times": 2})
    assert tally.wants({"draft": "a", "times": True})
