"""The runs of an experiment."""

from pathlib import Path

from tests.sweep.small import SCENARIO, planned


def test_all_settings_with_one_seed_before_the_next(tmp_path: Path) -> None:
    made = planned(tmp_path, "parameters: {times: [1, 2]}\nseeds: 5..6\nrepetitions: 2")
    runs = [(run.repetition, run.seed, run.setting.axes["times"]) for run in made.runs()]
    assert runs == [(1, 5, 1), (1, 5, 2), (1, 6, 1), (1, 6, 2), (2, 5, 1), (2, 5, 2), (2, 6, 1), (2, 6, 2)]
    assert len(made) == len(runs)


def test_keys_follow_from_axes_alone_and_tell_runs_apart(tmp_path: Path) -> None:
    more = "parameters: {times: [1, 2]}\nseeds: 1..10\nrepetitions: 2"
    first, again = ([run.key for run in planned(tmp_path, more).runs()] for _ in range(2))
    assert first == again
    assert len(set(first)) == 40


def test_the_seed_of_the_file_if_none_is_said(tmp_path: Path) -> None:
    made = planned(tmp_path, scenario=SCENARIO.replace("topology:", "seed: 9\ntopology:"))
    (run,) = made.runs()
    assert (run.seed, len(made)) == (9, 1)
    assert run.repeat[-2:] == ("--seed", "9")
