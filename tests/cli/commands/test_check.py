"""`mimi-sim check`."""

from pathlib import Path

from tests.cli.process import mimi_sim


def test_what_is_in_order_is_counted(folder: Path) -> None:
    ended = mimi_sim("check", "good", "failing.yaml", cwd=folder)
    assert (ended.code, ended.out, ended.err) == (0, "3 files, 3 scenarios: all in order\n", "")


def test_what_is_not_is_explained(folder: Path) -> None:
    ended = mimi_sim("check", ".", cwd=folder)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.splitlines()[0] == 'bad/step.yaml:13:5: unknown step "ad_users" (did you mean "add_users"?)'


def test_a_parameter_that_no_scenario_has(folder: Path) -> None:
    ended = mimi_sim("check", "good", "--set", "members=3", cwd=folder)
    assert (ended.code, ended.err) == (2, 'no scenario here has a parameter "members"\n')


def test_old_words_are_rewritten_before_files_are_checked(folder: Path) -> None:
    file = folder / "good" / "old.yaml"
    text = (folder / "failing.yaml").read_text()
    file.write_text(f"# stranger\ntags: stranger\n{text}")
    ended = mimi_sim("check", "good/old.yaml", cwd=folder)
    assert (ended.code, ended.err.splitlines()[0]) == (
        2,
        'good/old.yaml:2:7: "stranger" is "external" now: mimi-sim check --fix rewrites it',
    )
    ended = mimi_sim("check", "good/old.yaml", "--fix", cwd=folder)
    assert (ended.code, ended.out) == (
        0,
        "good/old.yaml:2:7: stranger -> external\n1 file, 1 scenario: all in order\n",
    )
    assert file.read_text() == f"# stranger\ntags: external\n{text}"
