"""`mimi-sim run`: options and exit codes; the plainest of each as a process."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.process import FAILING, PASSING, as_process, mimi_sim


def test_all_passed(folder: Path) -> None:
    ended = as_process("run", "good", cwd=folder)
    assert (ended.code, ended.err) == (0, "")
    first, second, last = ended.out.splitlines()
    assert re.fullmatch(r"passed  good/one +3 steps +\d+ requests +\d+\.\d\d s", first)
    assert second.startswith("passed  good/two")
    assert re.fullmatch(r"2 scenarios: 2 passed \(\d+\.\d s\)", last)


def test_a_failed_scenario_says_where_what_was_expected_and_what_happened(folder: Path) -> None:
    ended = as_process("run", "failing.yaml", "good/one.yaml", cwd=folder)
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
    ended = as_process("run", "good", "bad", "--json", "out.json", cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == 'bad/step.yaml:13:5: unknown step "ad_users" (did you mean "add_users"?)'
    assert not (folder / "out.json").exists()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("run", "goood"), 'goood: there is no such file or folder (did you mean "good"?)'),
        (("run", "scenarios/goood"), "scenarios/goood: there is no such file or folder"),
        (("run", "good", "--seed", "seven"), "--seed"),
        (("run", "good", "--seed", "-1"), "--seed"),
        (("run", "--jsn", "x"), "--json"),
        (("rnu",), "rnu"),
        (("run", "good", "--json", "nowhere/out.json"), "--json nowhere/out.json: there is no folder nowhere"),
        (("run", "good", "--json", "good"), "--json good: this is a folder"),
        (("run", "good", "-j", "2", "--processes", "2"), "-j runs scenarios side by side and --processes each in"),
        (("run", "good", "--processes", "0"), "--processes"),
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
    assert content["summary"] == {"passed": 2, "failed": 1, "fault": 0, "unsupported": 0, "skipped": 0}
    failed = content["scenarios"][0]
    assert {"id", "file", "result", "reason", "seconds", "seed", "steps", "exchanges"} <= set(failed)
    assert (failed["id"], failed["file"], failed["result"], failed["seed"]) == ("failing", "failing.yaml", "failed", 7)
    created = {"name": "create_group team", "line": 11, "result": "passed", "message": ""}
    assert failed["steps"][1] == {**created, "seen": ["DS-REQUEST-GROUP-ID", "DS-CREATE-GROUP"]}
    assert failed["steps"][3]["message"] == "expected error wrong_epoch, but it succeeded"
    assert failed["exchanges"] > 10


def test_failures_end_with_the_requirements_that_they_have_in_common(folder: Path) -> None:
    head = (folder / "failing.yaml").read_text().partition("steps:")[0]
    forwarded = """
  - request:
      {by: a.example, to: b.example, endpoint: verification_key,
       fields: {version: 1, sender: a.example, recipient: nobody.example}}
"""
    for name in ("one.yaml", "two.yaml"):
        (folder / name).write_text(f"{head}steps:{forwarded}")
    ended = mimi_sim("run", "one.yaml", "two.yaml", cwd=folder)
    assert ended.code == 1
    title, first, *_ = ended.out.splitlines()[-2:]
    assert title == "what the 2 failures have in common:"
    assert first.startswith("  T-SECURITY-RECIPIENT: 2 of 2  A provider refuses a payload")


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
    assert ended.code == 0, "what came of the run"
    assert ended.err == "--json /dev/full: No space left on device\n"


def test_words_of_an_author_are_no_markup(folder: Path) -> None:
    (folder / "good/one.yaml").write_text(PASSING.replace("group: team,", "group: '[red]team',"))
    ended = mimi_sim("run", "good", cwd=folder)
    assert ended.code == 2
    assert 'unknown group "[red]team"' in ended.err


SKIPPED = PASSING.replace("topology:", "skip: no time\ntopology:", 1)


def test_what_is_skipped_has_its_own_word_and_does_not_fail(folder: Path) -> None:
    (folder / "good/two.yaml").write_text(SKIPPED)
    ended = mimi_sim("run", "good", "--tap", "-", cwd=folder)
    assert ended.code == 0
    assert ended.out.splitlines()[-4] == "ok 2 - good/two (seed 1) # SKIP skipped: no time"
    assert "skipped  good/two  no time" in ended.err
    assert ended.err.splitlines()[-1].startswith("2 scenarios: 1 passed, 1 skipped")


def test_a_failure_names_the_requirements_that_the_scenario_shows(folder: Path) -> None:
    covers = "covers: [T-SECURITY-RECIPIENT]\ntopology:"
    (folder / "failing.yaml").write_text(FAILING.replace("topology:", covers, 1))
    ended = mimi_sim("run", "failing.yaml", cwd=folder)
    (line,) = [line for line in ended.out.splitlines() if "requirement" in line]
    assert line.startswith("  requirement T-SECURITY-RECIPIENT: ")


def test_each_step_and_each_request_on_demand(folder: Path) -> None:
    ended = mimi_sim("run", "good/one.yaml", "-vv", cwd=folder)
    lines = [line.split(maxsplit=3) for line in ended.out.splitlines()]
    assert [line[1:3] for line in lines if line[1:2] == ["passed"]] == [
        ["passed", "connect"],
        ["passed", "create_group"],
        ["passed", "add_users"],
    ]
    assert "          c.example -> ds.a.example welcome_information: 200" in ended.out


IN_TURN = ("run", "good/one.yaml", "failing.yaml", "good/two.yaml")


@pytest.mark.parametrize("workers", ["1", "2"])
def test_side_by_side_or_not_the_results_come_in_order(folder: Path, workers: str) -> None:
    ended = mimi_sim(*IN_TURN, "-j", workers, cwd=folder)
    assert ended.code == 1
    found = [line.split()[:2] for line in ended.out.splitlines() if line[0] != " "]
    assert found == [["passed", "good/one"], ["FAILED", "failing"], ["passed", "good/two"], ["3", "scenarios:"]]


def test_it_stops_at_the_first_failure_if_wanted(folder: Path) -> None:
    ended = mimi_sim(*IN_TURN, "--fail-fast", cwd=folder)
    assert ended.code == 1
    assert "good/two" not in ended.out
    assert ended.out.endswith("1 more were not run\n")


def test_repetition_counts_seeds_up_and_stops_at_a_failure_if_wanted(folder: Path) -> None:
    ended = mimi_sim("run", "good/one.yaml", "--repeat", "2", "--seed", "5", "--tap", "-", cwd=folder)
    assert [line for line in ended.out.splitlines() if line.startswith("ok")] == [
        "ok 1 - good/one (seed 5)",
        "ok 2 - good/one (seed 6)",
    ]
    ended = mimi_sim("run", "good/one.yaml", "failing.yaml", "--until-failure", cwd=folder)
    assert ended.code == 1
    assert ended.out.splitlines()[-1].startswith("2 scenarios: 1 passed, 1 failed")


MATRIX = PASSING.replace("topology:", "matrix: {http2: [false, true]}\ntopology:\n  http2: ${http2}", 1)


def test_one_of_a_matrix_by_its_id_as_a_failure_names_it(folder: Path) -> None:
    failing = MATRIX + "  - send: {by: bob, group: team}\n    expect: {error: wrong_epoch}\n"
    (folder / "matrix.yaml").write_text(failing)
    ended = mimi_sim("run", "matrix.yaml", "--draft", "mimi-transport-00", cwd=folder)
    commands = [line.strip() for line in ended.out.splitlines() if "again:" in line]
    wanted = "again: mimi-sim run 'matrix.yaml[http2=true]' --seed 1 --draft mimi-transport-00"
    assert commands[1] == wanted
    for path in ("matrix.yaml[http2=true]", "matrix[http2=true]"):
        once = mimi_sim("run", path, cwd=folder)
        assert once.out.splitlines()[-1].startswith("1 scenario: 1 failed")
    wrong = mimi_sim("run", "matrix.yaml[http2=tru]", cwd=folder)
    assert wrong.err.startswith('matrix.yaml has no [http2=tru] (did you mean "[http2=true]"?)')


def test_side_by_side_at_one_port_is_a_mistake_before_anything_runs(folder: Path) -> None:
    (folder / "over.yaml").write_text("providers: {a.example: {port: 7001}}\n")
    ended = mimi_sim("run", "good", "--over", "over.yaml", "-j", "2", cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == "-j: a.example serves at port 7001 in good/one and good/two: run one after the other\n"


def test_what_can_not_be_parted_among_processes_runs_in_one_and_says_so(folder: Path) -> None:
    (folder / "lies.yaml").write_text(PASSING + "  - behave: a.example\n")
    ended = mimi_sim("run", "lies.yaml", "--processes", "2", cwd=folder)
    assert ended.code == 0
    said, passed, *_ = ended.out.splitlines()
    assert said == "lies runs in one process: line 14: behave reaches into providers or clients"
    assert passed.startswith("passed  lies")
