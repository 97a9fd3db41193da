"""`mimi-sim run`: options and exit codes, with a real process."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.process import PASSING, mimi_sim


def test_all_passed(folder: Path) -> None:
    ended = mimi_sim("run", "good", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    first, second, last = ended.out.splitlines()
    assert re.fullmatch(r"passed  good/one +3 steps +\d+ requests +\d+\.\d\d s", first)
    assert second.startswith("passed  good/two")
    assert re.fullmatch(r"2 scenarios: 2 passed \(\d+\.\d s\)", last)


def test_a_failed_scenario_says_where_what_was_expected_and_what_happened(folder: Path) -> None:
    ended = mimi_sim("run", "failing.yaml", "good/one.yaml", cwd=folder)
    assert ended.code == 1
    lines = ended.out.splitlines()
    assert lines[0].startswith("FAILED  failing ")
    assert lines[1:5] == [
        "  failing.yaml:14: send",
        "    expected error wrong_epoch",
        "    happened it succeeded",
        "  again: mimi-sim run failing.yaml --seed 1",
    ]
    assert lines[5].startswith("passed  good/one")
    assert lines[6].startswith("2 scenarios: 1 passed, 1 failed")


def test_a_bad_file_is_explained_and_nothing_is_run(folder: Path) -> None:
    ended = mimi_sim("run", "good", "bad", "--json", "out.json", cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == 'bad/step.yaml:13:5: unknown step "ad_users" (did you mean "add_users"?)'
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("run", "goood"), 'goood: there is no such file or folder (did you mean "good"?)'),
        (("run",), "scenarios: there is no such file or folder"),
        (("run", "good", "--seed", "seven"), "--seed"),
        (("run", "good", "--seed", "-1"), "--seed"),
        (("run", "--jsn", "x"), "--json"),
        (("rnu",), "rnu"),
        (("run", "good", "--json", "nowhere/out.json"), "--json nowhere/out.json: there is no folder nowhere"),
        (("run", "good", "--json", "good"), "--json good: this is a folder"),
    ],
)
def test_bad_usage(folder: Path, arguments: tuple[str, ...], complaint: str) -> None:
    ended = mimi_sim(*arguments, cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err
    assert "Traceback" not in ended.err


def test_results_as_json(folder: Path) -> None:
    ended = mimi_sim("run", "failing.yaml", "good", "--json", "out.json", "--seed", "7", cwd=folder)
    assert ended.code == 1
    content = json.loads((folder / "out.json").read_text())
    assert content["summary"] == {"passed": 2, "failed": 1, "fault": 0}
    failed = content["scenarios"][0]
    assert list(failed) == ["id", "file", "result", "seconds", "seed", "steps", "exchanges"]
    assert (failed["id"], failed["file"], failed["result"], failed["seed"]) == ("failing", "failing.yaml", "failed", 7)
    assert failed["steps"][1] == {"name": "create_group team", "line": 11, "result": "passed", "message": ""}
    assert failed["steps"][3]["message"] == "expected error wrong_epoch, but it succeeded"
    assert failed["exchanges"] > 10


def test_two_runs_with_one_seed_differ_only_in_seconds(folder: Path) -> None:
    contents = []
    for name in ("a.json", "b.json"):
        mimi_sim("run", "good", "failing.yaml", "--seed", "7", "--json", name, cwd=folder)
        content = json.loads((folder / name).read_text())
        for scenario in content["scenarios"]:
            assert scenario.pop("seconds") > 0
        contents.append(content)
    assert contents[0] == contents[1]


def test_without_a_path_it_runs_the_folder_scenarios(folder: Path) -> None:
    (folder / "good").rename(folder / "scenarios")
    ended = mimi_sim("run", cwd=folder)
    assert ended.code == 0
    assert "passed  scenarios/one" in ended.out


def test_json_that_can_not_be_written_in_the_end(folder: Path) -> None:
    ended = mimi_sim("run", "good", "--json", "/dev/full", cwd=folder)
    assert ended.code == 2
    assert ended.err == "--json /dev/full: No space left on device\n"


def test_words_of_an_author_are_no_markup(folder: Path) -> None:
    (folder / "good/one.yaml").write_text(PASSING.replace("group: team,", "group: '[red]team',"))
    ended = mimi_sim("run", "good", cwd=folder)
    assert ended.code == 2
    assert 'unknown group "[red]team"' in ended.err
